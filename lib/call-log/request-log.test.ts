import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { DatabaseLine } from '@/db/testing/line'
import { until } from '@/lib/verify/testing/until'
import { RequestLog } from './request-log'
import { callOf, hostileTexts } from './testing/call'

let database: FreshDatabase
let owner: postgres.Sql
let line: DatabaseLine
const warnings: { details: Record<string, unknown>; message: string }[] = []
const log = {
  warn(details: object, message: string) {
    warnings.push({ details: details as Record<string, unknown>, message })
  },
}

beforeAll(async () => {
  database = await freshDatabase()
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  line = await DatabaseLine.to(database.url)
})

beforeEach(async () => {
  warnings.length = 0
  line.start()
  await owner`truncate requests, request_batches`
})

afterAll(async () => {
  await line?.close()
  await owner?.end()
  await database?.drop()
})

const stored = async () => (await owner`select * from requests order by id`).map((row) => ({ ...row }))
const count = async () => Number((await owner`select count(*) from requests`)[0]?.count)
const record = (requestLog: RequestLog, calls: number, path = '/') => {
  for (let i = 0; i < calls; i++) requestLog.record(callOf({ id: `req_${i}`, path }))
}

test('a row says the facts of its call', async () => {
  const requestLog = new RequestLog(database.url, log)
  requestLog.record(callOf({ customerRequestId: 'order 1' }))
  requestLog.record(callOf({ id: 'req_2', key: null, durationUs: 1e12 }))
  await requestLog.stop()
  const row = {
    at: new Date(Date.UTC(2026, 10, 23, 12, 44, 11, 7)),
    id: 'req_1',
    organization_id: 'org_1',
    key_id: 'key_1',
    code: 'VALID',
    status: 200,
    method: 'GET',
    path: '/orders',
    address: '192.0.2.1',
    duration_us: 250,
    customer_request_id: 'order 1',
  }
  const unknown = { organization_id: null, key_id: null, customer_request_id: null }
  expect(await stored()).toEqual([row, { ...row, ...unknown, id: 'req_2', duration_us: 2_147_483_647 }])
})

test('whatever comes from outside is stored as it came, as far as text in Postgres can hold it', async () => {
  const requestLog = new RequestLog(database.url, log)
  for (const [i, path] of hostileTexts.entries())
    requestLog.record(callOf({ id: `req_${i}`, path, customerRequestId: path }))
  await requestLog.stop()
  const expected = hostileTexts.map((text) => text.slice(0, 512).toWellFormed().replaceAll('\0', '\ufffd'))
  expect((await stored()).map((row) => [row.path, row.customer_request_id])).toEqual(
    expected.map((text) => [text, text]),
  )
})

test('each day has its partition, made when its first call is written', async () => {
  const requestLog = new RequestLog(database.url, log)
  const midnight = Date.UTC(2026, 10, 24)
  for (const [i, at] of [midnight - 1, midnight, midnight + 86_400_000].entries())
    requestLog.record(callOf({ at, id: `req_${i}` }))
  await requestLog.stop()
  const rows = await owner`select tableoid::regclass::text as partition from requests order by id`
  const days = ['20261123', '20261124', '20261125']
  expect(rows.map(({ partition }) => partition)).toEqual(days.map((day) => `requests_${day}`))
})

test('a partition that was dropped meanwhile is made again, and the rows are tried again', async () => {
  const requestLog = new RequestLog(database.url, log)
  requestLog.record(callOf())
  await requestLog.flush()
  await owner`drop table requests_20261123`
  requestLog.record(callOf({ id: 'req_2' }))
  await requestLog.stop()
  expect((await stored()).map(({ id }) => id)).toEqual(['req_2'])
  expect(warnings.map(({ message }) => message)).toEqual(['requests: not written, will try again'])
})

test('rows that Postgres refuses give way to those behind them, and are said to be lost', async () => {
  const requestLog = new RequestLog(database.url, log)
  requestLog.record(callOf({ status: 99_999 }))
  for (let i = 0; i < 3; i++) await requestLog.flush()
  requestLog.record(callOf({ id: 'req_2' }))
  await requestLog.stop()
  expect((await stored()).map(({ id }) => id)).toEqual(['req_2'])
  expect(warnings.at(-1)).toMatchObject({
    details: { lost: 1, err: { code: '22003' } },
    message: 'requests: the database refuses these rows, they are lost',
  })
})

describe('a line that is cut at any message of a batch', () => {
  test.each(['before', 'after'] as const)(
    '%s the server has it loses nothing and doubles nothing',
    async (when) => {
      const requestLog = new RequestLog(line.url, log)
      line.start()
      record(requestLog, 1_000)
      await requestLog.flush()
      const { messages } = line
      expect(messages).toBeGreaterThan(3)
      for (let at = 1; at <= messages; at++) {
        await requestLog.stop()
        await owner`truncate requests, request_batches`
        line.start({ at, when })
        record(requestLog, 1_000)
        await requestLog.stop()
        expect([at, await count()]).toEqual([at, 1_000])
      }
      expect(warnings.length).toBeGreaterThan(0)
    },
  )
})

test('rows that come while a batch is on its way, or cannot be written, wait for the next', async () => {
  const away = new RequestLog('postgres://nobody@127.0.0.1:1/none', log)
  record(away, 1_000)
  await away.flush()
  record(away, 10)
  expect(away.waiting).toBe(1_010)
  const requestLog = new RequestLog(database.url, log)
  record(requestLog, 1_000)
  const flushing = requestLog.flush()
  record(requestLog, 10)
  await flushing
  expect([await count(), requestLog.waiting]).toEqual([1_000, 10])
  await requestLog.stop()
  expect(await count()).toBe(1_010)
})

test('memory stays bounded while nothing can be written; what was lost is said once, when it is over', async () => {
  const requestLog = new RequestLog(line.url, log, { limitBytes: 10 * 65_536 })
  line.start({ at: 1, when: 'before' })
  record(requestLog, 1)
  await requestLog.flush()
  record(requestLog, 20_000)
  const kept = requestLog.waiting
  expect(kept).toBeGreaterThan(4_000)
  expect(kept).toBeLessThan(10_000)
  await requestLog.flush()
  expect(await count()).toBe(kept)
  record(requestLog, 100)
  await requestLog.stop()
  expect(await count()).toBe(kept + 100)
  expect(warnings.filter(({ message }) => message === 'requests: rows were lost')).toEqual([
    {
      message: 'requests: rows were lost',
      details: {
        lost: 20_001 - kept,
        cause: 'the database was away for longer than there was room for rows',
      },
    },
  ])
})

test('a running log writes by itself, at once when there is much', async () => {
  const requestLog = new RequestLog(database.url, log)
  requestLog.start()
  record(requestLog, 50_000, `/${'x'.repeat(200)}`)
  await until(async () => (await count()) > 0, 900)
  await until(async () => (await count()) === 50_000, 5_000)
  await requestLog.stop()
  expect(warnings).toEqual([])
})

test('stopping without a database ends within bounds, and says what is lost', async () => {
  const away = new RequestLog('postgres://nobody@127.0.0.1:1/none', log)
  record(away, 5)
  const startedAt = performance.now()
  await away.stop()
  expect(performance.now() - startedAt).toBeLessThan(12_000)
  expect(warnings.at(-1)).toEqual({
    message: 'requests: rows were lost',
    details: { lost: 5, cause: 'the database was away when the process ended' },
  })
})
