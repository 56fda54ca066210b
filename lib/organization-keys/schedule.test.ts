import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { day, graceEnd } from './lifecycle'
import { replaceByInterval, replacementDue, type ScheduledKey } from './schedule'

const { owner } = await testDatabase()

const created = new Date('2026-01-01T00:00:00.123Z')
const dayN = (days: number, ms = 0) => new Date(created.getTime() + days * day + ms)
const key = (facts: Partial<ScheduledKey> = {}): ScheduledKey => ({
  createdAt: created,
  expirationRestoredAt: null,
  expiresAt: dayN(365),
  replaceBy: null,
  ...facts,
})

test('a key is replaced 30 days before its end', () => {
  expect(replacementDue(key())).toEqual(dayN(335))
})

test('a key that lives for less than 60 days is replaced at half of its life', () => {
  expect(replacementDue(key({ expiresAt: dayN(60) }))).toEqual(dayN(30))
  expect(replacementDue(key({ expiresAt: dayN(10) }))).toEqual(dayN(5))
  expect(replacementDue(key({ expiresAt: dayN(1) }))).toEqual(dayN(0.5))
})

test('the overlap ends exactly at the printed expiry, however late the replacement comes', () => {
  for (const life of [1, 7, 45, 60, 61, 365])
    for (const late of [0, 1, 3_600_000]) {
      const expiresAt = new Date(Math.floor(dayN(life).getTime() / 1000) * 1000)
      const due = replacementDue(key({ expiresAt }))
      expect(graceEnd({ expiresAt }, new Date((due?.getTime() ?? 0) + late))).toEqual(expiresAt)
    }
})

test('a key that never expires is left alone', () => {
  expect(replacementDue(key({ expiresAt: null }))).toBeNull()
  expect(replaceByInterval(key({ expiresAt: null }), 1)).toBeNull()
})

test('a shorter interval brings the next replacement forward, a longer one leaves it', () => {
  expect(replacementDue(key({ replaceBy: replaceByInterval(key(), 90) }))).toEqual(dayN(60))
  expect(replacementDue(key({ replaceBy: replaceByInterval(key(), 10) }))).toEqual(dayN(5))
  expect(replaceByInterval(key({ expiresAt: dayN(90) }), 365)).toBeNull()
  expect(replaceByInterval(key(), 365)).toBeNull()
})

test('a key that got an end again is not replaced for the days before that', () => {
  const restored = key({ expirationRestoredAt: dayN(300), expiresAt: dayN(320) })
  expect(replacementDue(restored)).toEqual(dayN(310))
  expect(replaceByInterval(restored, 30)).toBeNull()
  expect(replaceByInterval(restored, 8)).toEqual(dayN(308))
})

test('Postgres finds the same moments, whatever zone its session is in', async () => {
  const cases = [1, 3, 10, 59, 60, 61, 90, 365].flatMap((life) =>
    [null, 1, 7, 55, 200].flatMap((interval) =>
      [null, 0.3, 200.7].map((restored) => {
        const facts = key({
          expiresAt: dayN(life + (restored ?? 0), 501),
          expirationRestoredAt: restored === null ? null : dayN(restored, 7),
        })
        return interval === null ? facts : { ...facts, replaceBy: replaceByInterval(facts, interval) }
      }),
    ),
  )
  for (const zone of ['UTC', 'America/New_York', 'Australia/Lord_Howe'])
    await owner.begin(async (sql) => {
      await sql`select set_config('TimeZone', ${zone}, true)`
      for (const each of cases) {
        const [row] = await sql`select organization_key_replacement_due(
          ${each.createdAt}, ${each.expirationRestoredAt}, ${each.expiresAt}, ${each.replaceBy}) as due`
        expect(row?.due).toEqual(replacementDue(each))
      }
    })
})
