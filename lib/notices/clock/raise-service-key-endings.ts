import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { type LocalDay, localDayAt } from './local-day'
import { raiseServiceKeyNotices } from './raise-service-key-notices'
import { isUntold } from './untold'

/**
 * Tells of service keys that end within 14 days: once a day that the clocks of the organization's zone show, from
 * nine in the morning there, while the key can be used. Callers repeat it until there are none.
 * @returns how many were new in this batch
 */
export async function raiseServiceKeyEndings(now = new Date(), { batch = 500 } = {}): Promise<number> {
  const days = await daysAt(now)
  if (days.length === 0) return 0
  return raiseServiceKeyNotices(
    { kind: 'service-key-ending', missing: missingEndings(days, now) },
    now,
    batch,
  )
}

type ZoneDay = { zone: string; date: string; morning: Date; window_ends: Date }

/** The day in each zone of an organization where it is nine or later; zones are known to JavaScript, not to Postgres. */
export async function daysAt(now: Date): Promise<ZoneDay[]> {
  const zones = await db().execute<{ zone: string }>(
    sql`select distinct time_zone as zone from organizations`,
  )
  return zones
    .map(({ zone }) => ({ zone, ...dayIn(zone, now) }))
    .filter(({ morning }) => morning <= now)
    .map(({ zone, date, morning, windowEnds }) => ({ zone, date, morning, window_ends: windowEnds }))
}

/** A zone that a newer process kept and this one does not know keeps nobody else from hearing. */
function dayIn(zone: string, now: Date): LocalDay {
  try {
    return localDayAt(now, zone)
  } catch {
    return localDayAt(now, 'UTC')
  }
}

/** Keys that the day's morning found, and that were not spoken of on that day. */
export function missingEndings(days: readonly ZoneDay[], now: Date): SQL {
  const furthest = new Date(Math.max(...days.map(({ window_ends }) => window_ends.getTime())))
  return sql`
    select keys.id, keys.organization_id, keys.expires_at, zones.date as occasion
    from service_keys as keys
    join organizations on organizations.id = keys.organization_id
    join jsonb_to_recordset(${JSON.stringify(days)}::jsonb)
      as zones(zone text, date text, morning timestamptz, window_ends timestamptz)
      on zones.zone = organizations.time_zone
    where keys.deleted_at is null and keys.disabled_at is null
      and keys.expires_at > ${now.toISOString()}::timestamptz
      and keys.expires_at < ${furthest.toISOString()}::timestamptz and keys.expires_at < zones.window_ends
      and keys.created_at < zones.morning
      and ${isUntold(sql`keys.id`, 'service-key-ending', sql`notices.occasion = zones.date`)}`
}
