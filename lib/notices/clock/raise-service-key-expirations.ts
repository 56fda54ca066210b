import { type SQL, sql } from 'drizzle-orm'
import { day } from '@/lib/service-keys/lifecycle'
import { type Batches, type Due, raiseServiceKeyNotices } from './raise-service-key-notices'
import { isUntold } from './untold'

/** What ended longer ago is no news, such as everything that had expired before anybody was told of such things. */
const newsDays = 7

/**
 * Tells once of each service key that expired while it could be used. Callers repeat it until there are none.
 * @returns how many were new in this batch
 */
export async function raiseServiceKeyExpirations(now = new Date(), batches: Batches = {}): Promise<number> {
  return raiseServiceKeyNotices(expirations, now, batches)
}

export const expirations: Due = { kind: 'service-key-expired', missing: missingExpirations }

function missingExpirations(now: Date, which: SQL): SQL {
  const oldest = new Date(now.getTime() - newsDays * day)
  return sql`
    select keys.id, keys.organization_id, keys.expires_at, 'expired' as occasion
    from service_keys as keys
    where keys.deleted_at is null and keys.disabled_at is null and ${which}
      and keys.expires_at <= ${now.toISOString()}::timestamptz
      and keys.expires_at > ${oldest.toISOString()}::timestamptz
      and ${isUntold(sql`keys.id`, 'service-key-expired', sql`notices.occasion = 'expired'`)}`
}
