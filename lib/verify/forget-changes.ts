import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

const keptMs = 86_400_000

/**
 * Forgets what changed more than a day ago: whoever comes back later than that reads the whole list (store.ts). Always
 * all up to a version, because a reader takes a gap in the middle for nothing at all. At most about `batch` rows.
 * @returns how many it forgot; to be called again until it is none
 */
export async function forgetChanges(now: Date, { batch = 10_000 } = {}): Promise<number> {
  const oldest = new Date(now.getTime() - keptMs).toISOString()
  const { count } = await db().execute(sql`
    delete from operational_changes where version <= (
      select max(version) from (
        select version from operational_changes
        where version <= (select version from operational_changes where at < ${oldest} order by version desc limit 1)
        order by version limit ${batch}
      ) as oldest
    )`)
  return count
}
