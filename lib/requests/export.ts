import { rawSql } from '@/db/client'
import { csv } from '@/lib/csv'
import type { Place } from './cursor'
import type { RequestFilter } from './inputs'
import { findServiceKeys, type LoggedKey, listOrganizationKeys } from './keys'
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
  'Key name',
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
  const keys = new Map((await listOrganizationKeys(organizationId)).map((key) => [key.id, key]))
  let piece = csv([columns])
  let after: Place | null = null
  for (;;) {
    const rows: Awaited<ReturnType<typeof pageQuery>> = await pageQuery(rawSql(), organizationId, filter, {
      after,
      limit: rowsAtOnce,
    })
    const unknown = rows.flatMap(({ key_id }) => (key_id !== null && !keys.has(key_id) ? [key_id] : []))
    for (const key of await findServiceKeys(organizationId, unknown)) keys.set(key.id, key)
    yield piece + csv(rows.map((row) => cellsOf(viewRequest(row), keys)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return
    after = { at: last.exact_at, id: last.id }
    piece = ''
  }
}

function cellsOf(request: RequestView, keys: ReadonlyMap<string, LoggedKey>): string[] {
  const key = request.keyId === null ? undefined : keys.get(request.keyId)
  return [
    request.at,
    outcomeNames[request.outcome],
    request.code,
    String(request.status),
    request.method,
    request.path,
    key?.name ?? '',
    key?.masked ?? '',
    request.keyId ?? '',
    request.address,
    String(request.durationMs),
    request.customerRequestId ?? '',
    request.id,
  ]
}
