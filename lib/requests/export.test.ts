import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase } from '@/db/client'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { setTestEnvironment } from '@/db/testing/environment'
import { insertKey, insertOrganization, insertServiceKey } from '@/lib/verify/testing/rows'
import { countCalls, sumOf } from './calls-per-hour'
import { exportRequests } from './export'
import { fillRequests, insertRequest } from './testing/rows'

const now = new Date('2026-03-10T12:00:00Z')

let database: FreshDatabase
let owner: postgres.Sql
let organizationId: string

beforeAll(async () => {
  database = await freshDatabase()
  setTestEnvironment(database.url)
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
})

beforeEach(async () => {
  organizationId = await insertOrganization(owner)
})

afterAll(async () => {
  await closeDatabase()
  await owner?.end()
  await database?.drop()
})

async function all(filter = {}): Promise<string> {
  let text = ''
  for await (const piece of exportRequests(organizationId, filter)) text += piece
  return text
}

test('a row a call, with plain columns and UTC times', async () => {
  const key = await insertKey(owner, organizationId)
  const { id } = await insertRequest(owner, organizationId, {
    at: '2026-03-10T11:00:00.123456Z',
    keyId: key.id,
    customerRequestId: 'order 1',
  })
  const masked = `${key.apiKey.slice(0, 11)}…${key.apiKey.slice(-4)}`
  expect(await all()).toBe(
    'Time,Outcome,Reason,Status,Method,Path,Key name,Key,Key ID,Address,Duration (ms),Customer request ID,Request ID\r\n' +
      `2026-03-10T11:00:00.123Z,OK,VALID,200,GET,/v1/whoami,,${masked},${key.id},127.0.0.1,0.85,order 1,${id}\r\n`,
  )
})

test('a service key is named, also a deleted one, and none of another organization', async () => {
  const key = await insertServiceKey(owner, organizationId, { name: '=Sync' })
  const foreign = await insertServiceKey(owner, await insertOrganization(owner), { name: 'Foreign' })
  await owner`update service_keys set deleted_at = now(), changed_at = now() where id = ${key.id}`
  await insertRequest(owner, organizationId, { at: '2026-03-10T11:00:00Z', keyId: key.id })
  await insertRequest(owner, organizationId, { at: '2026-03-10T10:00:00Z', keyId: foreign.id })
  const text = await all()
  expect(text).toContain(`,'=Sync,${key.text.slice(0, 11)}…${key.text.slice(-4)},${key.id},`)
  expect(text).toContain(`,,,${foreign.id},`)
  expect((await all({ keyId: key.id })).trim().split('\r\n')).toHaveLength(2)
  expect((await all({ keyId: foreign.id })).trim().split('\r\n')).toHaveLength(1)
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x,"y"', `"'@x,""y"""`],
  ['\tx', "'\tx"],
  ['\r=1', `"'\r=1"`],
  ['a\n=1', '"a\n=1"'],
  ['a\r\n=1', '"a\r\n=1"'],
])('a cell %j is defused and quoted', async (hostile, cell) => {
  await insertRequest(owner, organizationId, { at: '2026-03-10T11:00:00Z', customerRequestId: hostile })
  const text = await all()
  expect(text.slice(text.indexOf('127.0.0.1'))).toMatch(/^127\.0\.0\.1,0\.85,/)
  expect(text).toContain(`,0.85,${cell},req_`)
})

test('nothing of another organization, and nothing that the filter leaves out', async () => {
  await insertRequest(owner, await insertOrganization(owner), { at: '2026-03-10T11:00:00Z' })
  await insertRequest(owner, organizationId, { at: '2026-03-10T11:00:00Z', status: 500 })
  expect((await all({ outcome: 'ok' })).trim().split('\r\n')).toHaveLength(1)
})

test('page after page, every row once; the counts say the same', async () => {
  await fillRequests(owner, organizationId, { count: 3_500, until: now, days: 2, keyIds: ['key_x'] })
  const ids = (await all())
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',').at(-1))
  expect([ids.length, new Set(ids).size]).toEqual([3_500, 3_500])
  const { bars, totals } = await countCalls(organizationId, { from: new Date('2026-03-09T00:30:00Z') }, now)
  expect(bars).toHaveLength(36)
  expect(totals).toEqual({ ok: 2330, denied: 129, invalid: 65, error: 64 })
  expect(bars.reduce((sum, { counts }) => sum + sumOf(counts), 0)).toBe(sumOf(totals))
})

test('whoever stops reading leaves nothing running', async () => {
  await fillRequests(owner, organizationId, { count: 5_000, until: now, days: 1, keyIds: ['key_x'] })
  const pieces = exportRequests(organizationId, {})
  await pieces.next()
  await pieces.return(undefined)
  expect(await pieces.next()).toEqual({ done: true, value: undefined })
})
