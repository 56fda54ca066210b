import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { Retention } from './retention'

let database: FreshDatabase
let sql: postgres.Sql
const warnings: string[] = []
const log = { info() {}, warn: (_: object, message: string) => warnings.push(message) }
const now = new Date()

beforeAll(async () => {
  database = await freshDatabase()
  sql = postgres(database.url, { max: 2, onnotice: () => {} })
})

afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)
const partitions = async () =>
  (
    await sql`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'requests'::regclass order by name desc`
  ).map(({ name }) => name)
const partitionOf = (day: string) => `requests_${day.replaceAll('-', '')}`

test('whole days beyond the retention go, the rest stays', async () => {
  for (const days of [0, 1, 29, 30, 31, 40]) await sql`select prepare_requests_day(${daysAgo(days)}::date)`
  await sql`insert into request_batches (id, at) values ('old', now() - interval '25 hours'), ('new', now())`
  await new Retention(() => sql, log, 30).apply(now)
  expect(await partitions()).toEqual([0, 1, 29, 30].map((days) => partitionOf(daysAgo(days))))
  expect(await sql`select id from request_batches`).toEqual([{ id: 'new' }])

  await new Retention(() => sql, log, 1).apply(now)
  expect(await partitions()).toEqual([0, 1].map((days) => partitionOf(daysAgo(days))))
  expect(warnings).toEqual([])
})

test('a database that is away is said in the log, and nothing else happens', async () => {
  const away = postgres('postgres://nobody@127.0.0.1:1/none', {
    max: 1,
    connect_timeout: 1,
    onnotice: () => {},
  })
  await new Retention(() => away, log, 30).apply()
  expect(warnings).toEqual(['requests: old ones not dropped, will try again'])
  await away.end({ timeout: 0 })
})
