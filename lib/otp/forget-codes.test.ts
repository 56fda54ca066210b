import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { forgetCodes } from './forget-codes'

const { owner } = await testDatabase()
const now = new Date()
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const code = (id: string, madeHoursAgo: number, guessedHoursAgo: number | null) =>
  owner`insert into one_time_codes (id, purpose, email, binding, code_hash, created_at, expires_at, wrong_tries, last_wrong_at)
    values (${id}, 'sign-in', 'ann@example.com', 'x', 'x', ${hoursAgo(madeHoursAgo)}, ${hoursAgo(madeHoursAgo - 0.1)}, 1,
      ${guessedHoursAgo === null ? null : hoursAgo(guessedHoursAgo)})`

test('codes go when they are over and the guesses of a day count none of them', async () => {
  await code('live', 0.05, null)
  await code('yesterday', 30, null)
  await code('guessed', 60, 30)
  await code('over', 60, null)
  await code('forgotten', 90, 60)
  expect(await forgetCodes(now, { batch: 1 })).toBe(1)
  expect(await forgetCodes(now)).toBe(1)
  expect(await forgetCodes(now)).toBe(0)
  expect((await owner`select id from one_time_codes order by id`).map(({ id }) => id)).toEqual([
    'guessed',
    'live',
    'yesterday',
  ])
})
