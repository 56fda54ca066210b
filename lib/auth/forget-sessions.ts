import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** Of two clocks that differ, none ends a session of the other. */
const keptMs = 86_400_000

/**
 * Forgets sessions that ended more than a day ago.
 * @returns how many it forgot; to be called again until it is none
 */
export async function forgetSessions(now: Date, { batch = 10_000 } = {}): Promise<number> {
  const oldest = new Date(now.getTime() - keptMs).toISOString()
  const { count } = await db().execute(sql`
    delete from sessions where session_token in (
      select session_token from sessions where expires < ${oldest} limit ${batch} for update skip locked
    )`)
  return count
}
