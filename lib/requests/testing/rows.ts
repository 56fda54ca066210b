import type postgres from 'postgres'
import { newId } from '@/lib/id'

export type TestRequest = {
  at: string
  id: string
  organizationId: string | null
  keyId: string | null
  code: string
  status: number
  method: string
  path: string
  address: string
  durationUs: number
  customerRequestId: string | null
}

/** The partition of every day from `from` to `to`. */
export async function prepareDays(sql: postgres.Sql, from: Date, to: Date): Promise<void> {
  await sql`select prepare_requests_day(day::date)
    from generate_series(${from.toISOString()}::text::date, ${to.toISOString()}::text::date, '1 day') as day`
}

/** A row of the log with its partition; `at` is a text, because a `Date` would lose microseconds. */
export async function insertRequest(
  sql: postgres.Sql,
  organizationId: string | null,
  facts: Partial<TestRequest> = {},
): Promise<TestRequest> {
  const row: TestRequest = {
    at: new Date().toISOString(),
    id: newId('req'),
    organizationId,
    keyId: null,
    code: 'VALID',
    status: 200,
    method: 'GET',
    path: '/v1/whoami',
    address: '127.0.0.1',
    durationUs: 850,
    customerRequestId: null,
    ...facts,
  }
  const day = new Date(row.at)
  await prepareDays(sql, day, day)
  await sql`insert into requests values (${row.at}::text::timestamptz, ${row.id}, ${row.organizationId}, ${row.keyId},
    ${row.code}, ${row.status}, ${row.method}, ${row.path}, ${row.address}, ${row.durationUs}, ${row.customerRequestId})`
  return row
}

/**
 * `count` calls, spread evenly over `days` before `until`: every tenth was not answered well, half of them
 * denied, a quarter not well-formed, a quarter failed. The key changes by turns, the customer's id is `call-<n>`.
 */
export async function fillRequests(
  sql: postgres.Sql,
  organizationId: string,
  options: { count: number; until: Date; days: number; keyIds: readonly string[] },
): Promise<void> {
  const { count, until, days, keyIds } = options
  await prepareDays(sql, new Date(until.getTime() - days * 86_400_000), until)
  await sql`
    insert into requests
    select ${until.toISOString()}::text::timestamptz - n * (${days}::int * interval '1 day' / ${count}::int),
      'req_' || substr(md5(${organizationId} || n), 1, 22), ${organizationId},
      ${JSON.stringify(keyIds)}::text::jsonb ->> (n % ${keyIds.length}::int),
      case when n % 40 = 0 then 'INTERNAL' when n % 20 = 0 then 'BAD_REQUEST' when n % 10 = 0 then 'EXPIRED' else 'VALID' end,
      case when n % 40 = 0 then 500 when n % 20 = 0 then 400 when n % 10 = 0 then 401 else 200 end,
      case when n % 3 = 0 then 'POST' else 'GET' end, '/v1/orders/' || n, '10.0.' || n % 7 || '.' || n % 250,
      300 + n % 900, 'call-' || n
    from generate_series(1, ${count}::int) as n`
}
