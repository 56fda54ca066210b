import { execFile } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { until } from '@/lib/verify/testing/until'
import { FactPage } from './fact-page'
import { LogThread } from './log-thread'
import { callOf } from './testing/call'

const { database, owner } = await testDatabase()
const directory = mkdtempSync(join(tmpdir(), 'keyturn-log-'))
const file = join(directory, 'lines.log')
const output = openSync(file, 'a')

beforeEach(async () => {
  await owner`truncate requests, request_batches`
})

afterAll(() => {
  closeSync(output)
  rmSync(directory, { recursive: true })
})

type Line = { requestId?: string; msg: string; mostLost?: number }

const parsed = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const named = (lines: Line[]) => lines.map(({ requestId, msg }) => requestId ?? msg)
const stored = async () => (await owner`select id from requests order by id`).map(({ id }) => id)

test('calls become lines in their order, between all others, and rows', async () => {
  const thread = new LogThread({ level: 'info', databaseUrl: database.url, output })
  const expected: string[] = []
  for (let i = 0; i < 10_000; i++) {
    thread.pages.record(callOf({ id: `req_${i}` }), 'both')
    expected.push(`req_${i}`)
    if (i % 100 > 0) continue
    thread.log.info({}, `other ${i}`)
    expected.push(`other ${i}`)
  }
  await thread.stopRows()
  thread.log.info({}, 'the last one')
  thread.flushSync()
  expect(named(parsed(readFileSync(file, 'utf8')))).toEqual([...expected, 'the last one'])
  expect(await stored()).toHaveLength(10_000)
})

test('it writes by itself', async () => {
  const thread = new LogThread({ level: 'info', databaseUrl: database.url, output })
  thread.pages.record(callOf({ id: 'req_alone' }), 'both')
  await until(() => readFileSync(file, 'utf8').includes('req_alone'), 5_000)
  await until(async () => (await stored()).length === 1, 5_000)
  await thread.stopRows()
})

test('a thread that dies is said, with what is lost at most, and there is another one', async () => {
  const thread = new LogThread({ level: 'info', databaseUrl: database.url, output })
  thread.pages.record(callOf({ id: 'req_before' }), 'row')
  thread.pages.handOver()
  await until(async () => (await stored()).length === 1, 5_000)
  thread.pages.record(callOf({ id: 'req_lost' }), 'row')
  thread.pages.handOver()
  const broken = new FactPage(new ArrayBuffer(1))
  broken.byte(2)
  thread.pages.handOn(broken, 0)
  const died = () =>
    parsed(readFileSync(file, 'utf8')).filter(({ msg }) => msg.includes('thread that logs died'))
  await until(() => died().length === 1, 5_000)
  expect(died()).toMatchObject([{ level: 50, mostLost: 1, err: { type: 'RangeError' } }])
  thread.pages.record(callOf({ id: 'req_meanwhile' }), 'both')
  thread.pages.handOver()
  await until(async () => (await stored()).length === 2, 10_000)
  await thread.stopRows()
  thread.flushSync()
  expect(await stored()).toEqual(['req_before', 'req_meanwhile'])
  expect(named(parsed(readFileSync(file, 'utf8'))).at(-1)).toBe('req_meanwhile')
})

test('what a process logged before it crashed is written', async () => {
  const program = ['--import', 'tsx', 'lib/call-log/testing/crash.ts', database.url]
  const crash = await promisify(execFile)(process.execPath, program).catch((error) => error)
  expect(crash.stderr).toContain('Error: a crash')
  expect(named(parsed(crash.stdout))).toEqual(['req_0', 'between', 'req_1', 'between', 'req_2', 'between'])
  expect(await stored()).toEqual(['req_0', 'req_1', 'req_2'])
})
