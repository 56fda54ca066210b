import type postgres from 'postgres'
import { rowColumns } from './call-row'

/** Rows that go to the database together, once, under an id by which it knows them again. */
export type Batch = { readonly id: string; readonly pages: readonly Buffer[] }

/** Makes room for rows of a day. @param day days since 1970 (UTC) */
export async function prepareDay(sql: postgres.Sql, day: number): Promise<void> {
  const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
  await sql`select prepare_requests_day(${date}::date)`
}

/**
 * Writes a batch, all of it or nothing; one that is in already is left alone, so that whoever lost the connection
 * at the commit may simply call again. `sql` has one connection, which is of no use any more after an error.
 */
export async function writeBatch(sql: postgres.Sql, batch: Batch): Promise<void> {
  await sql.unsafe('begin')
  const entered = await sql`insert into request_batches (id) values (${batch.id})
    on conflict do nothing returning id`
  if (entered.length > 0) await copy(sql, batch.pages)
  await sql.unsafe('commit')
}

async function copy(sql: postgres.Sql, pages: readonly Buffer[]): Promise<void> {
  const query = sql.unsafe(`copy requests (${rowColumns}) from stdin`)
  const stream = await query.writable()
  await new Promise<void>((resolve, reject) => {
    // Once all is sent, the driver (3.4.9) tells a refusal to the query, which it has settled, and not to the stream.
    ;(query as unknown as { reject(error: Error): void }).reject = reject
    stream.once('error', reject)
    stream.once('finish', resolve)
    for (const page of pages) stream.write(page)
    stream.end()
  })
}
