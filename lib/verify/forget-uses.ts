import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

export const usesKeptDays = 400

/**
 * Forgets from which addresses organization keys were used more than 400 days ago, but never a key's last use, which
 * auditors see for good. The age is asked of the row itself too, which may be used at that very moment.
 * @returns how many it forgot; to be called again until it is none
 */
export async function forgetUses(now: Date, { batch = 10_000 } = {}): Promise<number> {
  const oldest = new Date(now.getTime() - usesKeptDays * 86_400_000).toISOString()
  const { count } = await db().execute(sql`
    delete from key_uses where last_used_at < ${oldest} and (key_id, address) in (
      select key_id, address from key_uses old where last_used_at < ${oldest} and exists (
        select from key_uses newer where newer.key_id = old.key_id
          and (newer.last_used_at, newer.address) > (old.last_used_at, old.address))
      limit ${batch}
    )`)
  return count
}
