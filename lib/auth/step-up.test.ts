import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { addMember, createOrganization, createUser } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import type { UserActor } from './actor'
import { authorize } from './authorize'
import { createSession, endSession, findSession } from './session'
import { confirmStepUp, isSteppedUp, sendStepUpCode } from './step-up'

const now = new Date('2026-03-01T10:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }
const keyA = { id: 'key_a', name: 'kt_org_aaaa…wxyz' }

const { owner, mail } = await testDatabaseWithMail()
let userId: string
let email: string
let organizationId: string
let count = 0

beforeEach(async () => {
  email = `ann${++count}@example.com`
  organizationId = await createOrganization({ name: `Org ${count}` })
  userId = await createUser({ email })
  await addMember(organizationId, userId, 'admin')
})

const newSession = () => db().transaction((tx) => createSession(tx, userId, now))

async function actorOf(token: string, at = now): Promise<UserActor> {
  const allowed = authorize(await findSession(token, at), organizationId, 'organization-keys:reveal', from)
  if (!allowed.ok) throw new Error(allowed.reason)
  return allowed.actor
}

async function steppedUp(token: string, at = now): Promise<string> {
  const actor = await actorOf(token)
  await sendStepUpCode(keyA, actor, at)
  const outcome = await confirmStepUp(keyA.id, mail.code(email), actor, at, at)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.sessionToken
}

describe('stepping up', () => {
  test('gives the session a new id; the old one is dead at once', async () => {
    const old = await newSession()
    const token = await steppedUp(old)
    expect(token).not.toBe(old)
    expect(await findSession(old, now)).toBeNull()
    expect(await findSession(token, now)).toMatchObject({ userId, steppedUpAt: now })
    expect(await owner`select count(*)::int from sessions where user_id = ${userId}`).toEqual([{ count: 1 }])
  })

  test('holds for 10 minutes to the millisecond', async () => {
    const actor = await actorOf(await steppedUp(await newSession()))
    expect(isSteppedUp(actor, now)).toBe(true)
    expect(isSteppedUp(actor, later(599_999))).toBe(true)
    expect(isSteppedUp(actor, later(600_000))).toBe(false)
  })

  test('does not lengthen the session', async () => {
    const old = await newSession()
    const before = await owner`select expires from sessions where user_id = ${userId}`
    await steppedUp(old, later(60_000))
    expect(await owner`select expires from sessions where user_id = ${userId}`).toEqual(before)
  })

  test('leaves the other sessions of the same person as they were', async () => {
    const [here, elsewhere] = [await newSession(), await newSession()]
    await steppedUp(here)
    expect(isSteppedUp(await actorOf(elsewhere), now)).toBe(false)
  })
})

describe('a step-up code', () => {
  test('goes to the address of the actor, names the key and is good for that key and session only', async () => {
    const [here, elsewhere] = [await actorOf(await newSession()), await actorOf(await newSession())]
    await sendStepUpCode(keyA, here, now)
    expect(mail.to(email)).toMatchObject([{ to: email, subject: 'Your confirmation code' }])
    expect(mail.to(email)[0]?.text).toContain(keyA.name)
    const code = mail.code(email)
    expect(await confirmStepUp(keyA.id, code, elsewhere, now, now)).toMatchObject({ reason: 'code-over' })
    expect(await confirmStepUp('key_b', code, here, now, now)).toMatchObject({ reason: 'code-over' })
    expect((await confirmStepUp(keyA.id, code, here, now, now)).ok).toBe(true)
  })

  test('of an earlier step-up is useless after the session got its new id', async () => {
    const actor = await actorOf(await newSession())
    await sendStepUpCode(keyA, actor, now)
    await sendStepUpCode({ ...keyA, id: 'key_b' }, actor, later(1000))
    const codeForB = mail.code(email)
    const codeForA = mail.to(email)[1]?.text.match(/^\d{6}$/m)?.[0] ?? ''
    const outcome = await confirmStepUp(keyA.id, codeForA, actor, later(2000), later(2000))
    if (!outcome.ok) throw new Error(outcome.reason)
    const renewed = await actorOf(outcome.value.sessionToken)
    expect(await confirmStepUp('key_b', codeForB, renewed, later(3000), later(3000))).toMatchObject({
      reason: 'code-over',
    })
    expect(await confirmStepUp('key_b', codeForB, actor, later(3000), later(3000))).toMatchObject({
      reason: 'signed-out',
    })
  })

  test('opens nothing in a session that was signed out meanwhile', async () => {
    const token = await newSession()
    const actor = await actorOf(token)
    await sendStepUpCode(keyA, actor, now)
    await endSession(actor.sessionHash)
    expect(await confirmStepUp(keyA.id, mail.code(email), actor, now, now)).toMatchObject({
      reason: 'signed-out',
    })
    expect(await owner`select 1 from sessions where user_id = ${userId}`).toEqual([])
  })
})
