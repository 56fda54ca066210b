import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase, rawSql } from '@/db/client'
import { addMember, createOrganization, createUser } from '@/db/factories'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { setTestEnvironment } from '@/db/testing/environment'
import { DatabaseLine } from '@/db/testing/line'
import { startMail, type TestMail } from '@/db/testing/mail'
import { findSession } from './session'
import { sendSignInCode, sendSignInCodeInput, signIn } from './sign-in'

const now = new Date('2026-03-01T10:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }

let database: FreshDatabase
let line: DatabaseLine
let owner: postgres.Sql
let mail: TestMail
let email: string
let count = 0

beforeAll(async () => {
  database = await freshDatabase()
  mail = await startMail()
  line = await DatabaseLine.to(database.url)
  setTestEnvironment(line.url, { RESEND_BASE_URL: mail.url })
  owner = postgres(database.ownerUrl, { max: 2 })
})

afterAll(async () => {
  await closeDatabase()
  await owner.end()
  await line.close()
  await mail.close()
  await database.drop()
})

beforeEach(() => {
  mail.mood = 'up'
  email = `person${++count}@example.com`
})

const enter = (code: string, browser = 'browser', at = now) => signIn({ email, code }, browser, from, at, at)
const wrong = '000000 0'

describe('signing in', () => {
  test('with the code from the mail opens a session', async () => {
    const userId = await createUser({ email, name: 'Ann' })
    await sendSignInCode({ email }, 'browser', now)
    const outcome = await enter(mail.code(email))
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(await findSession(outcome.value.sessionToken, now)).toMatchObject({ userId, email, name: 'Ann' })
    expect(await enter(mail.code(email))).toMatchObject({ reason: 'code-over' })
  })

  test('works in the browser that asked and in no other', async () => {
    await createUser({ email })
    await sendSignInCode({ email }, 'browser', now)
    expect(await enter(mail.code(email), 'another')).toMatchObject({ reason: 'code-over' })
    expect((await enter(mail.code(email))).ok).toBe(true)
  })

  test('is an event in each organization of the person, and in no other', async () => {
    const userId = await createUser({ email, name: 'Ann' })
    const [a, b, elsewhere] = [
      await createOrganization({ name: 'A' }),
      await createOrganization({ name: 'B' }),
      await createOrganization({ name: 'Elsewhere' }),
    ]
    await addMember(a, userId, 'admin')
    await addMember(b, userId, 'auditor')
    await sendSignInCode({ email }, 'browser', now)
    await enter(mail.code(email))
    const events = await owner`select chain, action, actor_id, actor_name, address, user_agent, details, at
      from audit_events where subject_id = ${userId}`
    const event = {
      action: 'session.signed-in',
      actor_id: userId,
      actor_name: email,
      address: from.address,
      user_agent: from.userAgent,
      details: { method: 'code' },
      at: now,
    }
    expect(events.map((row) => row.chain).sort()).toEqual([a, b].sort())
    expect(events).toEqual(expect.arrayContaining([a, b].map((chain) => ({ chain, ...event }))))
    expect(await owner`select 1 from audit_events where chain = ${elsewhere}`).toEqual([])
  })

  test('of somebody without an organization is an event of the platform', async () => {
    const userId = await createUser({ email, isSupport: true })
    await sendSignInCode({ email }, 'browser', now)
    await enter(mail.code(email))
    expect(await owner`select chain from audit_events where subject_id = ${userId}`).toEqual([
      { chain: 'platform' },
    ])
  })

  test('is not possible for an address without an account, and makes none', async () => {
    await sendSignInCode({ email }, 'browser', now)
    expect(mail.to(email)[0]?.text).not.toMatch(/\d{6}/)
    expect(await enter(wrong)).toMatchObject({ reason: 'wrong-code' })
    expect(await owner`select 1 from users where email = ${email}`).toEqual([])
  })
})

describe('from outside, an address with an account looks like one without', () => {
  /** Everything that an onlooker sees, and how much work it took. */
  async function observed(work: () => Promise<unknown>) {
    const mailsBefore = mail.to(email).length
    line.start()
    const outcome = await work()
    return {
      outcome: JSON.parse(JSON.stringify(outcome)),
      statements: line.statements,
      mails: mail.to(email).length - mailsBefore,
    }
  }

  async function story(known: boolean) {
    email = `${known ? 'known' : 'nobody'}${++count}@example.com`
    if (known) await createUser({ email })
    await rawSql()`select 1`
    const steps = [
      await observed(() => sendSignInCode({ email }, 'browser', now)),
      await observed(() => sendSignInCode({ email }, 'browser', later(5))),
      await observed(() => enter(wrong, 'browser', later(6))),
      await observed(() => sendSignInCode({ email }, 'browser', later(40))),
    ]
    for (let tries = 0; tries < 6; tries++)
      steps.push(await observed(() => enter(wrong, 'browser', later(41))))
    mail.mood = 'refusing'
    steps.push(await observed(() => sendSignInCode({ email }, 'browser', later(80))))
    mail.mood = 'up'
    return steps
  }

  test('same answers, same number of statements and of mails', async () => {
    const [nobody, known] = [await story(false), await story(true)]
    expect(known).toEqual(nobody)
    expect(known.map((step) => step.mails)).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    expect(known[0]?.statements).toBeGreaterThan(3)
  })

  test('same time, by the medians of 60 tries each that alternate', async () => {
    const times: Record<'known' | 'nobody', number[]> = { known: [], nobody: [] }
    for (let round = 0; round < 60; round++)
      for (const kind of ['known', 'nobody'] as const) {
        email = `${kind}${++count}@example.com`
        if (kind === 'known') await createUser({ email })
        const begun = performance.now()
        await sendSignInCode({ email }, 'browser', now)
        times[kind].push(performance.now() - begun)
      }
    const median = (of: number[]) => of.sort((a, b) => a - b)[of.length / 2] ?? Number.NaN
    const ratio = median(times.known) / median(times.nobody)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })
})

test('an address is taken in one spelling, and nothing but an address is taken', () => {
  const parse = (email: unknown) => sendSignInCodeInput.safeParse({ email })
  expect(parse(' Ann@Example.COM ').data).toEqual({ email: 'ann@example.com' })
  for (const bad of [
    '',
    'ann',
    'ann@example.com, eve@example.com',
    'ann@example.com\r\nBcc: eve@example.com',
    'Ann <ann@example.com>',
    `${'a'.repeat(250)}@example.com`,
    ['ann@example.com'],
    null,
  ])
    expect(parse(bad).success).toBe(false)
  expect(sendSignInCodeInput.safeParse({ email: 'a@example.com', role: 'admin' }).success).toBe(false)
})
