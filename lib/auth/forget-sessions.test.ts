import { expect, test } from 'vitest'
import { createUser } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { forgetSessions } from './forget-sessions'

const { owner } = await testDatabase()
const now = new Date()

test('sessions go a day after their end', async () => {
  const userId = await createUser({ email: 'ann@example.com' })
  for (const [token, hours] of [
    ['live', 1],
    ['ended', -23],
    ['long over', -25],
    ['longer over', -400],
  ] as const)
    await owner`insert into sessions (session_token, user_id, expires)
      values (${token}, ${userId}, ${new Date(now.getTime() + hours * 3_600_000)})`
  expect(await forgetSessions(now, { batch: 1 })).toBe(1)
  expect(await forgetSessions(now)).toBe(1)
  expect(
    (await owner`select session_token as token from sessions order by 1`).map(({ token }) => token),
  ).toEqual(['ended', 'live'])
})
