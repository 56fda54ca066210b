import { beforeEach, describe, expect, test } from 'vitest'
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

const target = (facts: Partial<CodeTarget> = {}): CodeTarget => ({
  purpose: 'step-up',
  email,
  binding: 'session-a key-a',
  ...facts,
})

async function codeFor(wanted: CodeTarget, moment: Date | undefined = start): Promise<string> {
  expect(await sendCode(wanted, write, moment)).toMatchObject({ ok: true, value: { sent: true } })
  return mail.code(wanted.email)
}

const another = (code: string) => ((Number(code) + 1) % 1_000_000).toString().padStart(6, '0')

describe('a code works once', () => {
  test('in 100 parallel correct tries', async () => {
    const code = await codeFor(target())
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => redeemCode(target(), code, at(1))))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'code-over')).toHaveLength(99)
  })

  test('and its successor replaces it', async () => {
    const first = await codeFor(target())
    const second = await codeFor(target(), at(30))
    if (first !== second)
      expect(await redeemCode(target(), first, at(31))).toMatchObject({ reason: 'wrong-code' })
    expect((await redeemCode(target(), second, at(32))).ok).toBe(true)
    expect(await redeemCode(target(), first, at(33))).toMatchObject({ reason: 'code-over' })
  })

  test('with or without the space that people type into it', async () => {
    const code = await codeFor(target())
    expect((await redeemCode(target(), ` ${code.slice(0, 3)} ${code.slice(3)}\n`, at(1))).ok).toBe(true)
  })
})

describe('a code is dead at 10:00 minutes', () => {
  test('to the millisecond of an injected clock', async () => {
    const first = await codeFor(target())
    expect((await redeemCode(target(), first, new Date(start.getTime() + 599_999))).ok).toBe(true)
    const second = await codeFor(target(), at(1000))
    expect(await redeemCode(target(), second, at(1600))).toMatchObject({ reason: 'code-over' })
  })

  test("by the database's clock, whatever this process believes", async () => {
    const wanted = target()
    expect(await sendCode(wanted, write)).toMatchObject({ ok: true, value: { sent: true } })
    const [life] = await owner`select expires_at - created_at = interval '10 minutes' as exact,
        abs(extract(epoch from clock_timestamp() - created_at)) < 30 as fresh from one_time_codes where email = ${email}`
    expect(life).toEqual({ exact: true, fresh: true })
    const age = (seconds: number) => owner`update one_time_codes set
      created_at = clock_timestamp() - make_interval(secs => ${seconds}),
      expires_at = clock_timestamp() - make_interval(secs => ${seconds}) + interval '10 minutes' where email = ${email}`
    await age(601)
    expect(await redeemCode(wanted, mail.code(email))).toMatchObject({ reason: 'code-over' })
    await age(599)
    expect((await redeemCode(wanted, mail.code(email))).ok).toBe(true)
  })
})

describe('a code is good for one thing only', () => {
  const [sessions, keys] = [
    ['session-a', 'session-b'],
    ['key-a', 'key-b'],
  ] as const
  for (const session of sessions)
    for (const key of keys)
      test(`for ${key} in ${session}, and in no other combination`, async () => {
        const own = target({ binding: `${session} ${key}` })
        const code = await codeFor(own)
        for (const otherSession of sessions)
          for (const otherKey of keys) {
            const binding = `${otherSession} ${otherKey}`
            if (binding === own.binding) continue
            expect(await redeemCode(target({ binding }), code, at(1))).toMatchObject({ reason: 'code-over' })
          }
        for (const other of [target({ ...own, purpose: 'sign-in' }), { ...own, email: `x${email}` }])
          expect(await redeemCode(other, code, at(1))).toMatchObject({ reason: 'code-over' })
        expect((await redeemCode(own, code, at(2))).ok).toBe(true)
      })

  test('even where each has a code of its own', async () => {
    const [a, b] = [target(), target({ binding: 'session-b key-a' })]
    const [codeA, codeB] = [await codeFor(a), await codeFor(b, at(1))]
    expect(codeA).not.toBe(codeB) // one run in a million
    expect(await redeemCode(b, codeA, at(2))).toMatchObject({ reason: 'wrong-code' })
    expect((await redeemCode(a, codeA, at(3))).ok).toBe(true)
  })

  test('even where its row is copied to another binding', async () => {
    const code = await codeFor(target())
    await owner`update one_time_codes set binding = 'session-b key-a' where email = ${email}`
    expect(await redeemCode(target({ binding: 'session-b key-a' }), code, at(1))).toMatchObject({
      reason: 'wrong-code',
    })
  })
})

describe('wrong codes', () => {
  test('say how many tries are left', async () => {
    const code = await codeFor(target())
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await redeemCode(target(), another(code), at(1))).toEqual({
        ok: false,
        reason: 'wrong-code',
        details: { triesLeft },
      })
    expect(await redeemCode(target(), code, at(2))).toMatchObject({ reason: 'code-over' })
  })

  test('of any shape are refused and never understood as another one', async () => {
    const code = await codeFor(target())
    for (const shape of ['', `${code}0`, code.slice(0, 5), `0${code}`])
      expect(await redeemCode(target(), shape, at(1))).toMatchObject({ reason: 'wrong-code' })
    expect((await redeemCode(target(), code, at(2))).ok).toBe(true)
  })
})
