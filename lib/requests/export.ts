import { stringify } from 'csv-stringify/sync'
import { rawSql } from '@/db/client'
import type { Place } from './cursor'
import type { RequestFilter } from './inputs'
import { listLoggedKeys } from './keys'
import { outcomeNames } from './outcome'
import { pageQuery } from './search'
import { type RequestView, viewRequest } from './view'

const rowsAtOnce = 1_000

const columns = [
  'Time',
  'Outcome',
  'Reason',
  'Status',
  'Method',
  'Path',
  'Key',
  'Key ID',
  'Address',
  'Duration (ms)',
  'Customer request ID',
  'Request ID',
]

/**
 * All calls that match, newest first, as CSV (RFC 4180, with formulas defused) in pieces. It reads page after page
 * instead of holding a database cursor, so that a slow reader holds neither a connection nor a partition.
 */
export async function* exportRequests(
  organizationId: string,
  filter: RequestFilter,
): AsyncGenerator<string, void, undefined> {
  const keys = new Map((await listLoggedKeys(organizationId)).map(({ id, masked }) => [id, masked]))
  let piece = csv([columns])
  let after: Place | null = null
  for (;;) {
    const rows: Awaited<ReturnType<typeof pageQuery>> = await pageQuery(rawSql(), organizationId, filter, {
      after,
      limit: rowsAtOnce,
    })
    yield piece + csv(rows.map((row) => cellsOf(viewRequest(row), keys)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return
    after = { at: last.exact_at, id: last.id }
    piece = ''
  }
}

function cellsOf(request: RequestView, keys: ReadonlyMap<string, string>): string[] {
  return [
    request.at,
    outcomeNames[request.outcome],
    request.code,
    String(request.status),
    request.method,
    request.path,
    (request.keyId && keys.get(request.keyId)) ?? '',
    request.keyId ?? '',
    request.address,
    String(request.durationMs),
    request.customerRequestId ?? '',
    request.id,
  ]
}

/** By itself the writer would quote a CR and LF together only. */
const csv = (rows: string[][]): string =>
  stringify(rows, { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ })
