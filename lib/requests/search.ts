import type postgres from 'postgres'
import { rawSql } from '@/db/client'
import { cursorText, exactAt, type Place } from './cursor'
import type { RequestFilter } from './inputs'
import { matching } from './matching'
import { type RequestRow, type RequestView, viewRequest } from './view'

export type RequestPage = {
  requests: RequestView[]
  /** Where the next, older page begins; null at the end. */
  nextCursor: string | null
}

/**
 * One page of the organization's calls, newest first. Pages follow one another by the last row's place, so that
 * rows which arrive in the meantime neither double nor hide another.
 */
export async function searchRequests(
  organizationId: string,
  filter: RequestFilter,
  page: { after: Place | null; limit: number },
): Promise<RequestPage> {
  const rows = await pageQuery(rawSql(), organizationId, filter, { ...page, limit: page.limit + 1 })
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    requests: shown.map(viewRequest),
    nextCursor: last ? cursorText({ at: last.exact_at, id: last.id }) : null,
  }
}

/** Whether the organization has ever been called, as far as the log goes back. */
export async function hasRequests(organizationId: string): Promise<boolean> {
  const sql = rawSql()
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select 1 from requests where ${matching(sql, organizationId, {})}) as found`
  return row?.found ?? false
}

/** The statement behind a page. Its order is the indexes' own: the id only sorts rows of the same moment. */
export function pageQuery(
  sql: postgres.Sql,
  organizationId: string,
  filter: RequestFilter,
  { after, limit }: { after: Place | null; limit: number },
) {
  return sql<RequestRow[]>`
    select ${sql.unsafe(exactAt('at'))} as exact_at, id, key_id, code, status,
      method, path, address, duration_us, customer_request_id
    from requests
    where ${matching(sql, organizationId, filter)} ${after === null ? sql`` : olderThan(sql, after)}
    order by at desc, id desc
    limit ${limit}`
}

// A comparison of (at, id) as a whole would not let the index, which has the moment only, begin at the place. The
// moment goes as text, because the driver would cut a timestamp to milliseconds.
function olderThan(sql: postgres.Sql, { at, id }: Place) {
  const place = sql`${at}::text::timestamptz`
  return sql`and at <= ${place} and (at < ${place} or id < ${id})`
}
