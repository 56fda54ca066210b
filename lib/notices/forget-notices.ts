import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

export const noticesKeptDays = 400

/**
 * Forgets notices that are older than 400 days, and with them who got them; long before that each of their occasions
 * is over, so that none is raised again.
 * @returns how many it forgot; to be called again until it is none
 */
export async function forgetNotices(now: Date, { batch = 1_000 } = {}): Promise<number> {
  const oldest = new Date(now.getTime() - noticesKeptDays * 86_400_000).toISOString()
  const { count } = await db().execute(sql`
    delete from notices where id in (
      select id from notices where created_at < ${oldest} limit ${batch} for update skip locked
    )`)
  return count
}
