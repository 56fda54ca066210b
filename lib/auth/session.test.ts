import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { addMember, createOrganization, createUser } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { authorize } from './authorize'
import { createSession, endSession, findSession, shownMembership, showOrganization } from './session'

const now = new Date('2026-03-01T10:00:00Z')
const from = { address: null, userAgent: null }

const { owner } = await testDatabase()
let userId: string
let organizationId: string
let token: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  userId = await createUser({ email: `ann${count}@example.com`, name: 'Ann' })
  await addMember(organizationId, userId, 'admin')
  await addMember(organizationId, await createUser({ email: `ben${count}@example.com` }), 'admin')
  token = await db().transaction((tx) => createSession(tx, userId, now))
})

const session = async (at = now) => {
  const found = await findSession(token, at)
  if (!found) throw new Error('no session')
  return found
}
const mayRevoke = async (organization = organizationId) =>
  authorize(await findSession(token, now), organization, 'organization-keys:revoke', from)

describe('a session', () => {
  test('is kept as a hash only, which resumes nothing', async () => {
    const rows = await owner`select * from sessions where user_id = ${userId}`
    const hash = createHash('sha256').update(token).digest('base64url')
    expect(rows).toMatchObject([{ session_token: hash }])
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(await findSession(hash, now)).toBeNull()
    expect(token).toMatch(/^[\w-]{43}$/)
  })

  test('lasts 7 days to the millisecond', async () => {
    const end = now.getTime() + 7 * 86_400_000
    expect(await findSession(token, new Date(end - 1))).toMatchObject({ userId })
    expect(await findSession(token, new Date(end))).toBeNull()
  })

  test('is over at sign-out, and only that one', async () => {
    const elsewhere = await db().transaction((tx) => createSession(tx, userId, now))
    await endSession((await session()).sessionHash)
    expect(await findSession(token, now)).toBeNull()
    expect(await findSession(elsewhere, now)).toMatchObject({ userId })
  })

  test('ends with its user', async () => {
    await owner`delete from users where id = ${userId}`
    expect(await findSession(token, now)).toBeNull()
  })

  test('is not found by another text', async () => {
    for (const other of ['', `${token} `, token.slice(1), token.toLowerCase(), '%', '\\x00'])
      expect(await findSession(other, now)).toBeNull()
  })
})

describe('what a session may do is read anew', () => {
  test('a role that was taken away is gone on the next request', async () => {
    expect((await mayRevoke()).ok).toBe(true)
    await owner`update memberships set role = 'auditor' where user_id = ${userId}`
    expect(await mayRevoke()).toMatchObject({ reason: 'forbidden' })
    await owner`update memberships set role = 'admin' where user_id = ${userId}`
    expect((await mayRevoke()).ok).toBe(true)
  })

  test('a membership that was taken away too, while the session lasts', async () => {
    await owner`delete from memberships where user_id = ${userId}`
    expect(await mayRevoke()).toMatchObject({ reason: 'forbidden' })
    expect(await session()).toMatchObject({ userId, memberships: [] })
  })

  test("another organization's id answers as an absent one", async () => {
    const foreign = await createOrganization({ name: 'Elsewhere' })
    expect(await mayRevoke(foreign)).toEqual(await mayRevoke('org_absent'))
  })
})

describe('the shown organization', () => {
  test('is the chosen one while the membership lasts, else the first by name', async () => {
    const second = await createOrganization({ name: 'Zebra' })
    await addMember(second, userId, 'member')
    expect(shownMembership(await session())?.organizationId).toBe(organizationId)
    await showOrganization((await session()).sessionHash, second)
    expect(shownMembership(await session())).toMatchObject({ organizationId: second, role: 'member' })
    await owner`delete from memberships where organization_id = ${second}`
    expect(shownMembership(await session())?.organizationId).toBe(organizationId)
  })
})
