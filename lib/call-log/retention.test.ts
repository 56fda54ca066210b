import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { dropOldRequests, forgetRequestBatches } from './retention'

const { owner } = await testDatabase()
const now = new Date()
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)
const partitions = async () =>
  (
    await owner`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'requests'::regclass order by name desc`
  ).map(({ name }) => name)
const partitionOf = (day: string) => `requests_${day.replaceAll('-', '')}`

test('whole days beyond the retention go, the rest stays', async () => {
  for (const days of [0, 1, 29, 30, 31, 40]) await owner`select prepare_requests_day(${daysAgo(days)}::date)`
  expect(await dropOldRequests(now, 30)).toBe(2)
  expect(await partitions()).toEqual([0, 1, 29, 30].map((days) => partitionOf(daysAgo(days))))
  expect(await dropOldRequests(now, 1)).toBe(2)
  expect(await partitions()).toEqual([0, 1].map((days) => partitionOf(daysAgo(days))))
  expect(await dropOldRequests(now, 1)).toBe(0)
})

test('a batch that is a day old is not asked for any more', async () => {
  await owner`insert into request_batches (id, at) values ('old', now() - interval '25 hours'), ('new', now())`
  expect(await forgetRequestBatches(now)).toBe(1)
  expect(await owner`select id from request_batches`).toEqual([{ id: 'new' }])
})
