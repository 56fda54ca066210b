import { beforeAll, expect, test } from 'vitest'
import { insertRequest, type TestRequest } from '@/lib/requests/testing/rows'
import { insertKey, insertOrganization, secretOf, type TestKey } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { testApi } from './testing/test-api'

const { sql, running, signer, key: mine } = await testApi()
const rows: TestRequest[] = []
let theirs: TestKey

beforeAll(async () => {
  theirs = await insertKey(sql, await insertOrganization(sql))
  for (const [minute, status] of [200, 401, 400, 500, 200].entries()) {
    const at = `2026-03-10T12:0${minute}:00.000001Z`
    const facts = { at, status, keyId: mine.id, customerRequestId: `call ${minute}` }
    rows.push(await insertRequest(sql, mine.organizationId, facts))
    await insertRequest(sql, theirs.organizationId, { ...facts, keyId: theirs.id })
  }
  await until(() => running.keeper.list.key(theirs.id) !== undefined)
})

// What the API itself logs of these calls is of today.
const before = 'to=2026-04-01T00:00:00Z'

type Answer = { data: { id: string }[]; meta: { nextCursor: string | null }; code?: string; detail?: string }

async function ask(query: string): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${running.url}/v1/requests?${query}`, {
    headers: { Authorization: `Bearer ${secretOf(mine, signer)}` },
  })
  return { status: response.status, body: await response.json() }
}

async function idsOf(query: string): Promise<string[]> {
  const { status, body } = await ask(`${before}&${query}`)
  expect([query, status]).toEqual([query, 200])
  return body.data.map(({ id }) => id)
}

const ids = (...minutes: number[]) => minutes.map((minute) => rows[minute]?.id)

test('answers with the calls of the own organization, newest first', async () => {
  const { body } = await ask(before)
  expect(body.data).toHaveLength(5)
  expect(body.data[4]).toEqual({
    id: rows[0]?.id,
    at: '2026-03-10T12:00:00Z',
    keyId: mine.id,
    outcome: 'ok',
    code: 'VALID',
    status: 200,
    method: 'GET',
    path: '/v1/whoami',
    address: '127.0.0.1',
    durationMs: 0.85,
    customerRequestId: 'call 0',
  })
  expect(body.meta).toMatchObject({ nextCursor: null })
})

test('finds by each parameter, and by all of them', async () => {
  expect(await idsOf('withCustomerRequestId=call%201')).toEqual(ids(1))
  expect(await idsOf('withCustomerRequestId=call')).toEqual([])
  expect(await idsOf('customerRequestId=call%201')).toEqual(ids(4, 3, 2, 1, 0))
  expect(await idsOf(`keyId=${mine.id}`)).toEqual(ids(4, 3, 2, 1, 0))
  expect(await idsOf(`keyId=${theirs.id}`)).toEqual([])
  expect(await idsOf('outcome=denied')).toEqual(ids(1))
  expect(await idsOf('outcome=invalid')).toEqual(ids(2))
  expect(await idsOf('outcome=error')).toEqual(ids(3))
  expect(await idsOf('from=2026-03-10T14:03:00%2B02:00')).toEqual(ids(4, 3))
  expect(await idsOf(`from=2026-03-10T12:03:00Z&outcome=ok&keyId=${mine.id}`)).toEqual(ids(4))
})

test('pages follow one another to the end', async () => {
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: Answer } = await ask(`${before}&limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.data.map(({ id }) => id))
    cursor = body.meta.nextCursor
  }
  expect(seen).toEqual(ids(4, 3, 2, 1, 0))
})

test.each([
  ['limit=0', 'limit: must be a whole number from 1 to 200'],
  ['limit=201', 'limit: must be a whole number from 1 to 200'],
  ['limit=1e2', 'limit: must be a whole number from 1 to 200'],
  ['limit=', 'limit: must be a whole number from 1 to 200'],
  ['outcome=OK', 'outcome: must be one of ok, denied, invalid, error'],
  ['from=2026-03-10T12:00:00', 'from: must be a time such as 2025-11-23T12:44:11Z'],
  ['from=yesterday', 'from: must be a time such as 2025-11-23T12:44:11Z'],
  ['to=0000-01-01T00:00:00Z', 'to: must be a time from 1970 on'],
  ['to=9999-12-31T23:59:59-23:59', 'to: must be a time from 1970 on'],
  ['from=2026-03-10T12:00:00Z&to=2026-03-10T12:00:00Z', 'to: must be after from'],
  ['keyId=1', 'keyId: must be the id of a key, such as key_…'],
  [`keyId=${"'".repeat(26)}`, 'keyId: must be the id of a key, such as key_…'],
  ['withCustomerRequestId=', 'withCustomerRequestId: must be 1 to 128 printable ASCII characters'],
  ['withCustomerRequestId=%00', 'withCustomerRequestId: must be 1 to 128 printable ASCII characters'],
  [
    `withCustomerRequestId=${'x'.repeat(129)}`,
    'withCustomerRequestId: must be 1 to 128 printable ASCII characters',
  ],
  ['cursor=', 'cursor: must be a nextCursor of this list'],
  ['cursor=cmVxXzE', 'cursor: must be a nextCursor of this list'],
  [`cursor=${'A'.repeat(401)}`, 'cursor: must be a nextCursor of this list'],
  ['page=2', 'there is no parameter "page" here.'],
  ['limit=1&limit=2', 'the parameter "limit" may come once.'],
])('%s is refused with its reason', async (query, reason) => {
  const { status, body } = await ask(query)
  expect([status, body.code]).toEqual([400, 'BAD_REQUEST'])
  expect(body.detail).toBe(`Query string: ${reason}`)
})

test('asks for a key', async () => {
  const response = await fetch(`${running.url}/v1/requests`)
  expect(response.status).toBe(401)
})

test('a search that Postgres gives up is told so, and what to do', async () => {
  const asked = sql.begin(async (tx) => {
    await tx`lock table requests in access exclusive mode`
    const answer = ask('outcome=denied')
    await until(async () => {
      const canceled = await sql`select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%from requests%'`
      return canceled.length > 0
    })
    return answer
  })
  expect(await asked).toMatchObject({ status: 503, body: { code: 'TOO_SLOW' } })
})
