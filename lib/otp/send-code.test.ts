import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { redeemCode } from './redeem-code'
import { sendCode } from './send-code'

const start = new Date('2026-03-01T10:00:00Z')
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const write = (code: string) => ({ subject: 'Code', text: code, html: '' })

const { owner, mail } = await testDatabaseWithMail()
let email: string
let count = 0

beforeEach(() => {
  mail.mood = 'up'
  email = `person${++count}@example.com`
})

const target = (binding = 'session key') => ({ purpose: 'step-up', email, binding }) as const
const send = (moment?: Date, binding?: string) =>
  sendCode(target(binding), (code) => ({ subject: 'Your code', text: `Hello\n\n${code}`, html: '' }), moment)
const rows = async () => owner`select * from one_time_codes where email = ${email} order by created_at`

test('a code is six digits, goes to its one address and is kept as a hash only', async () => {
  expect(await send(start)).toEqual({ ok: true, value: { sent: true, because: null, sentAt: start } })
  expect(mail.to(email)).toMatchObject([{ to: email, subject: 'Your code' }])
  const code = mail.code(email)
  expect(code).toMatch(/^\d{6}$/)
  expect(JSON.stringify(await rows())).not.toContain(code)
})

describe('within 30 seconds', () => {
  test('asking again sends nothing and points to the code that stands', async () => {
    await send(start)
    expect(await send(at(29))).toEqual({
      ok: true,
      value: { sent: false, because: 'just-sent', sentAt: start },
    })
    expect(mail.to(email)).toHaveLength(1)
    expect((await redeemCode(target(), mail.code(email), at(29))).ok).toBe(true)
  })

  test('20 parallel askers get one mail', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send(start)))
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value.sent)).toHaveLength(1)
    expect(mail.to(email)).toHaveLength(1)
  })

  test("holds by the database's clock too", async () => {
    await send()
    expect(await send()).toMatchObject({ value: { sent: false, because: 'just-sent' } })
    await owner`update one_time_codes set created_at = created_at - interval '31 seconds' where email = ${email}`
    expect(await send()).toMatchObject({ value: { sent: true } })
  })
})

describe('10 codes an hour', () => {
  test('reach one address, whatever session asks, and the eleventh says when to try again', async () => {
    for (let i = 0; i < 10; i++) expect(await send(at(i * 60), `session-${i}`)).toMatchObject({ ok: true })
    expect(await send(at(600), 'session-10')).toEqual({
      ok: false,
      reason: 'too-many-codes',
      details: { retryAt: at(3600) },
    })
    expect(await send(at(600), 'session-9')).toMatchObject({ value: { sent: false, because: 'limit' } })
    expect(mail.to(email)).toHaveLength(10)
    expect(await send(at(3600), 'session-10')).toMatchObject({ value: { sent: true } })
  })

  test('hold against 50 sessions that ask at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => send(start, `session-${i}`)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10)
    expect(mail.to(email)).toHaveLength(10)
  })

  test('are counted for each purpose by itself', async () => {
    for (let i = 0; i < 10; i++) await send(at(i), `session-${i}`)
    const signIn = { purpose: 'sign-in', email, binding: 'browser' } as const
    const write = (code: string) => ({ subject: 'Sign in', text: code, html: '' })
    expect(await sendCode(signIn, write, at(11))).toMatchObject({ value: { sent: true } })
  })
})

describe('while mail cannot be sent', () => {
  for (const mood of ['refusing', 'dead'] as const)
    test(`(${mood}) nothing changes and the earlier code still works`, async () => {
      await send(start)
      const earlier = mail.code(email)
      const before = await rows()
      mail.mood = mood
      expect(await send(at(40))).toEqual({ ok: false, reason: 'mail-failed', details: undefined })
      expect(await rows()).toEqual(before)
      expect((await redeemCode(target(), earlier, at(41))).ok).toBe(true)
    })

  test('failed attempts do not use up the 10 codes of the hour, nor the 30 seconds', async () => {
    mail.mood = 'dead'
    for (let i = 0; i < 15; i++) expect(await send(at(i))).toMatchObject({ reason: 'mail-failed' })
    mail.mood = 'up'
    expect(await send(at(15))).toMatchObject({ value: { sent: true } })
  })
})

test('one client gets 60 codes an hour for all addresses together; the machine itself is not counted', async () => {
  const ask = (n: number, askedFrom: string, seconds: number) =>
    sendCode(
      { purpose: 'sign-in', email: `bomb+${n}@example.org`, binding: 'b', askedFrom },
      write,
      at(seconds),
    )
  const outcomes = await Promise.all(Array.from({ length: 80 }, (_, n) => ask(n, '203.0.113.9', 0)))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(60)
  expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
    reason: 'too-many-codes',
    details: { retryAt: at(3600) },
  })
  expect((await ask(100, '203.0.113.10', 1)).ok).toBe(true)
  expect((await ask(101, '203.0.113.9', 3599)).ok).toBe(false)
  expect((await ask(102, '203.0.113.9', 3600)).ok).toBe(true)
  const local = await Promise.all(Array.from({ length: 70 }, (_, n) => ask(200 + n, '127.0.0.1', 0)))
  expect(local.every((outcome) => outcome.ok)).toBe(true)
})
