import { beforeEach, expect, test } from 'vitest'
import { closeDatabase } from '@/db/client'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { redeemCode } from './redeem-code'
import { sendCode } from './send-code'
import type { CodeTarget } from './store'

const start = new Date('2026-03-01T10:00:00Z')
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const write = (code: string) => ({ subject: 'Code', text: code, html: '' })

const { owner, mail } = await testDatabaseWithMail()
let email: string
let count = 0

beforeEach(() => {
  email = `person${++count}@example.com`
})

const inSession = (session: number, purpose: CodeTarget['purpose'] = 'step-up'): CodeTarget => ({
  purpose,
  email,
  binding: `session-${session} key`,
})

async function codeFor(target: CodeTarget, moment: Date): Promise<string> {
  expect(await sendCode(target, write, moment)).toMatchObject({ ok: true, value: { sent: true } })
  return mail.code(email)
}

/** `count` six-digit guesses that are all wrong. */
const wrongGuesses = (code: string, count: number) =>
  Array.from({ length: count }, (_, i) => ((Number(code) + 1 + i) % 1_000_000).toString().padStart(6, '0'))

async function wrongTries(): Promise<number> {
  const [row] =
    await owner`select coalesce(sum(wrong_tries), 0)::int as tries from one_time_codes where email = ${email}`
  return row?.tries
}

test('1,000 serial guesses count 5, and the correct code comes too late', async () => {
  const target = inSession(1)
  const code = await codeFor(target, start)
  for (const guess of wrongGuesses(code, 1000)) await redeemCode(target, guess, at(1))
  expect(await redeemCode(target, code, at(2))).toMatchObject({ reason: 'code-over' })
  expect(await wrongTries()).toBe(5)
})

test('1,000 parallel guesses count 5, and the correct code comes too late', async () => {
  const target = inSession(1)
  const code = await codeFor(target, start)
  const outcomes = await Promise.all(
    [...wrongGuesses(code, 1000), code].map((guess) => redeemCode(target, guess, at(1))),
  )
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(0)
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'wrong-code')).toHaveLength(5)
  expect(await wrongTries()).toBe(5)
})

test('1,000 parallel guesses over 10 sessions count 20 in all, with every correct code last', async () => {
  const codes: string[] = []
  for (let session = 0; session < 10; session++) codes.push(await codeFor(inSession(session), at(session)))
  const wrong = codes.flatMap((code, session) =>
    wrongGuesses(code, 99).map((guess) => redeemCode(inSession(session), guess, at(60))),
  )
  const correct = codes.map((code, session) => redeemCode(inSession(session), code, at(60)))
  const outcomes = await Promise.all([...wrong, ...correct])
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(0)
  expect(await wrongTries()).toBe(20)
})

test('20 wrong tries stop an account for a day: across resends and restarts', async () => {
  for (const round of [0, 1, 2, 3]) {
    const target = inSession(1)
    const code = await codeFor(target, at(round * 60))
    for (const guess of wrongGuesses(code, 5)) await redeemCode(target, guess, at(round * 60 + 1))
    await closeDatabase()
  }
  expect(await wrongTries()).toBe(20)
  const lastWrong = 181
  const day = 86_400
  const stopped = await codeFor(inSession(2), at(lastWrong + 10))
  expect(await redeemCode(inSession(2), stopped, at(lastWrong + 11))).toEqual({
    ok: false,
    reason: 'too-many-tries',
    details: undefined,
  })
  const firstRoundIsOver = await codeFor(inSession(2), at(day + 1))
  expect((await redeemCode(inSession(2), firstRoundIsOver, at(day + 2))).ok).toBe(true)
})

test('guessing at signing in takes nothing from the step-up of whoever is signed in', async () => {
  for (const round of [0, 1, 2, 3]) {
    const stranger = inSession(1, 'sign-in')
    for (const guess of wrongGuesses(await codeFor(stranger, at(round * 60)), 5))
      await redeemCode(stranger, guess, at(round * 60 + 1))
  }
  expect(await redeemCode(inSession(1, 'sign-in'), '000000', at(300))).toMatchObject({
    reason: 'too-many-tries',
  })
  expect((await redeemCode(inSession(2), await codeFor(inSession(2), at(300)), at(301))).ok).toBe(true)
})

test("the tries of one account are not another's", async () => {
  const target = inSession(1)
  for (const guess of wrongGuesses(await codeFor(target, start), 20)) await redeemCode(target, guess, at(1))
  email = `other-${email}`
  const code = await codeFor(inSession(1), at(2))
  expect((await redeemCode(inSession(1), code, at(3))).ok).toBe(true)
})
