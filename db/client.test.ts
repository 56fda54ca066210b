import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDatabaseThroughLine } from '@/db/testing/setup'
import { until } from '@/lib/verify/testing/until'
import { db, rawSql } from './client'

const { owner } = await testDatabaseThroughLine()

type Count = { well: number; badly: number }

/** Work in a transaction and outside of one, until told to stop; counts how often it went well and how often not. */
async function work(count: Count, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      await db().transaction(async (tx) => {
        await tx.execute(sql`select 1`)
        await tx.execute(sql`select pg_sleep(0.002), ${'x'}::text`)
        await tx.transaction((savepoint) => savepoint.execute(sql`select pg_sleep(0.002), ${'y'}::text`))
      })
      await rawSql()`select ${count.well}::int`
      count.well++
    } catch {
      count.badly++
    }
  }
}

const within = async <T>(ms: number, promise: Promise<T>) =>
  Promise.race([promise, sleep(ms).then(() => Promise.reject(new Error(`not within ${ms} ms`)))])

test('every connection that the server ends under load comes back', async () => {
  let over = false
  const counts: Count[] = Array.from({ length: 30 }, () => ({ well: 0, badly: 0 }))
  const working = Promise.all(counts.map((count) => work(count, () => over)))
  for (let round = 0; round < 15; round++) {
    await sleep(100)
    await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'keyturn'`
  }
  const wellBefore = counts.map(({ well }) => well)
  await until(() => counts.every(({ well }, index) => well > (wellBefore[index] ?? 0)), 20_000)
  over = true
  await within(10_000, working)
  expect(counts.reduce((sum, { badly }) => sum + badly, 0)).toBeGreaterThan(10)
  const all = Promise.all(Array.from({ length: 30 }, () => rawSql()`select pg_sleep(0.05)`))
  expect(await within(3_000, all)).toHaveLength(30)
})
