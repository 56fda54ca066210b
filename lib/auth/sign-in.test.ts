import { beforeEach, describe, expect, test } from 'vitest'
import { addMember, createOrganization, createUser } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { findSession } from './session'
import { sendSignInCode, sendSignInCodeInput, signIn } from './sign-in'

const now = new Date('2026-03-01T10:00:00Z')
const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }

const { owner, mail } = await testDatabaseWithMail()
let email: string
let count = 0

beforeEach(() => {
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
