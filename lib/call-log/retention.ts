import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

const day = 86_400_000

/**
 * Drops the rows of calls by whole days (UTC) once all of them are older than `days`.
 * @returns how many days it dropped
 */
export async function dropOldRequests(now: Date, days: number): Promise<number> {
  const oldest = new Date(now.getTime() - days * day).toISOString().slice(0, 10)
  const [row] = await db().execute<{ dropped: number }>(
    sql`select drop_requests_before(${oldest}::date) as dropped`,
  )
  return row?.dropped ?? 0
}

/** Nobody asks for longer than a day whether a batch is in. */
export async function forgetRequestBatches(now: Date): Promise<number> {
  const { count } = await db().execute(
    sql`delete from request_batches where at < ${new Date(now.getTime() - day).toISOString()}`,
  )
  return count
}
