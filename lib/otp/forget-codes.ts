import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** Longer than any limit looks back (limits.ts: wrong tries of a day). */
const keptMs = 2 * 86_400_000

/**
 * Forgets codes that are over, once no limit counts them or the guesses at them any more.
 * @returns how many it forgot; to be called again until it is none
 */
export async function forgetCodes(now: Date, { batch = 10_000 } = {}): Promise<number> {
  const oldest = new Date(now.getTime() - keptMs).toISOString()
  const { count } = await db().execute(sql`
    delete from one_time_codes where id in (
      select id from one_time_codes where greatest(expires_at, last_wrong_at) < ${oldest}
      limit ${batch} for update skip locked
    )`)
  return count
}
