import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { addMember, createMember, createOrganization, createUser } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { UserActor } from '@/lib/auth/actor'
import { createSession, findSession } from '@/lib/auth/session'
import { confirmStepUp, sendStepUpCode } from '@/lib/auth/step-up'
import { changeGroups } from '@/lib/groups/change-groups'
import { createGroup } from '@/lib/groups/create-group'
import { done, refuse } from '@/lib/outcome'
import { changeRole } from './change-role'
import { leave } from './leave'
import { removeMember } from './remove'
import type { MemberRole } from './roles'

const now = new Date('2026-11-20T12:00:00Z')
const { owner, mail } = await testDatabaseWithMail()
let organizationId: string
let ann: UserActor
let ben: UserActor
let dan: UserActor
let count = 0

const person = (name: string, role: MemberRole) =>
  createMember(organizationId, { email: `${name.toLowerCase()}${count}@example.com`, name, role })

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await person('Ann', 'admin')
  ben = await person('Ben', 'admin')
  dan = await person('Dan', 'developer')
})

const rolesNow = async () =>
  Object.fromEntries(
    (
      await owner`select u.name, m.role from memberships m join users u on u.id = m.user_id
        where m.organization_id = ${organizationId} order by u.name`
    ).map(({ name, role }) => [name, role]),
  )
const events = async () =>
  (
    await owner`select action, actor_id, subject_id, details from audit_events
      where chain = ${organizationId} order by sequence`
  ).map((row) => ({ ...row }))
const demote = (who: UserActor, by: UserActor) =>
  changeRole({ userId: who.userId, from: 'admin', role: 'developer' }, by, now)
const newSession = (userId: string) => db().transaction((tx) => createSession(tx, userId, now))

describe('a role', () => {
  test('changes, and the log says from what to what', async () => {
    const input = { userId: dan.userId, from: 'developer', role: 'auditor' } as const
    expect(await changeRole(input, ann, now)).toEqual(done())
    expect(await rolesNow()).toEqual({ Ann: 'admin', Ben: 'admin', Dan: 'auditor' })
    expect(await events()).toEqual([
      {
        action: 'member.role-changed',
        actor_id: ann.userId,
        subject_id: dan.userId,
        details: { email: dan.email, from: 'developer', to: 'auditor' },
      },
    ])
  })

  test('that the person has already is no change; one that the screen did not show is refused', async () => {
    const asAuditor = { userId: dan.userId, from: 'auditor', role: 'developer' } as const
    expect(await changeRole(asAuditor, ann, now)).toEqual(done())
    expect(await changeRole({ ...asAuditor, role: 'member' }, ann, now)).toEqual(
      refuse('changed-meanwhile', { role: 'developer' }),
    )
    expect(await events()).toEqual([])
  })

  test('lost takes along what was confirmed in it, and the codes to confirm', async () => {
    const token = await newSession(ben.userId)
    const inSession = { ...ben, sessionHash: (await findSession(token, now))?.sessionHash ?? '' }
    const key = { id: 'key_a', name: 'the key' }
    await sendStepUpCode(key, inSession, now)
    const confirmed = await confirmStepUp(key.id, mail.code(ben.email), inSession, now, now)
    if (!confirmed.ok) throw new Error(confirmed.reason)
    const steppedUp = async () => (await findSession(confirmed.value.sessionToken, now))?.steppedUpAt
    expect(await steppedUp()).toEqual(now)
    const again = { ...inSession, sessionHash: 'the session after that' }
    await sendStepUpCode(key, again, now)
    expect(await demote(ben, ann)).toEqual(done())
    expect(await steppedUp()).toBeNull()
    expect(await confirmStepUp(key.id, mail.code(ben.email), again, now, now)).toMatchObject({
      reason: 'code-over',
    })
  })
})

describe('an organization keeps an admin', () => {
  test('the last one is not demoted, removed, and does not leave', async () => {
    expect(await demote(ann, ben)).toEqual(done())
    expect(await demote(ben, ben)).toEqual(refuse('last-admin'))
    expect(await leave(ben, now)).toEqual(refuse('last-admin'))
    expect(await rolesNow()).toEqual({ Ann: 'developer', Ben: 'admin', Dan: 'developer' })
    expect(await events()).toHaveLength(1)
  })

  for (const [what, act] of [
    ['demote', (who: UserActor, by: UserActor) => demote(who, by)],
    ['remove', (who: UserActor, by: UserActor) => removeMember({ userId: who.userId }, by, now)],
  ] as const)
    test(`two who ${what} each other at once: one wins, the other is no admin any more`, async () => {
      for (let round = 0; round < 20; round++) {
        organizationId = await createOrganization({ name: `Org ${++count}` })
        ;[ann, ben] = [await person('Ann', 'admin'), await person('Ben', 'admin')]
        // A third one, so that it is not the last admin's law that decides.
        if (round % 2) await person('Cem', 'admin')
        const outcomes = await Promise.all([act(ann, ben), act(ben, ann)])
        expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
        expect(outcomes.find(({ ok }) => !ok)).toEqual(refuse('forbidden'))
        expect(await events()).toHaveLength(1)
      }
    })

  test('all of ten who leave at once but one', async () => {
    const more = await Promise.all(Array.from({ length: 8 }, (_, n) => person(`P${n}`, 'admin')))
    const outcomes = await Promise.all([ann, ben, ...more].map((each) => leave(each, now)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(9)
    expect(outcomes.find(({ ok }) => !ok)).toEqual(refuse('last-admin'))
    expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: 9 } })
  })

  test('in Postgres too, whatever the code above it does', async () => {
    const admins = owner`organization_id = ${organizationId} and role = 'admin'`
    for (const statement of [
      owner`update memberships set role = 'member' where ${admins}`,
      owner`delete from memberships where ${admins}`,
      owner`delete from users where id in (${ann.userId}, ${ben.userId})`,
    ])
      await expect(statement).rejects.toMatchObject({ constraint_name: 'memberships_keep_an_admin' })
    const each = [ann, ben].map(
      ({ userId }) => owner`update memberships set role = 'member' where user_id = ${userId}`,
    )
    const results = await Promise.allSettled(each)
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(Object.values(await rolesNow()).filter((role) => role === 'admin')).toHaveLength(1)
  })

  test('until it is deleted as a whole', async () => {
    await owner`delete from organizations where id = ${organizationId}`
    expect(await rolesNow()).toEqual({})
  })
})

describe('a membership that ends', () => {
  test('takes its groups along, and says so in the log', async () => {
    const group = await createGroup({ name: 'Operations', accountAlerts: true }, ann, now)
    if (!group.ok) throw new Error(group.reason)
    await changeGroups({ userId: dan.userId, join: [group.value.groupId], leave: [] }, ann, now)
    expect(await removeMember({ userId: dan.userId }, ann, now)).toEqual(done({ isSignedOut: true }))
    expect(await rolesNow()).toEqual({ Ann: 'admin', Ben: 'admin' })
    expect(await owner`select 1 from group_members where user_id = ${dan.userId}`).toEqual([])
    expect((await events()).at(-1)).toEqual({
      action: 'member.removed',
      actor_id: ann.userId,
      subject_id: dan.userId,
      details: { email: dan.email, role: 'developer', isSignedOut: true },
    })
  })

  test('ends all sessions of who belongs nowhere any more, and the codes to confirm', async () => {
    const [one, two, other] = [
      await newSession(ben.userId),
      await newSession(ben.userId),
      await newSession(ann.userId),
    ]
    await sendStepUpCode({ id: 'key_a', name: 'the key' }, ben, now)
    await removeMember({ userId: ben.userId }, ann, now)
    expect([await findSession(one, now), await findSession(two, now)]).toEqual([null, null])
    expect(await findSession(other, now)).not.toBeNull()
    expect(await confirmStepUp('key_a', mail.code(ben.email), ben, now, now)).toMatchObject({
      reason: 'code-over',
    })
  })

  test('takes only this organization from who belongs to another one, or to the staff', async () => {
    const elsewhere = await createOrganization({ name: `Elsewhere ${count}` })
    await addMember(elsewhere, dan.userId, 'admin')
    await owner`update users set is_support = true where id = ${ben.userId}`
    const [dans, bens] = [await newSession(dan.userId), await newSession(ben.userId)]
    expect(await removeMember({ userId: dan.userId }, ann, now)).toEqual(done({ isSignedOut: false }))
    expect(await leave(ben, now)).toEqual(done({ isSignedOut: false }))
    expect((await findSession(dans, now))?.memberships).toMatchObject([{ organizationId: elsewhere }])
    expect(await findSession(bens, now)).toMatchObject({ isSupport: true, memberships: [] })
  })

  test("is one's own by leaving only", async () => {
    expect(await removeMember({ userId: ann.userId }, ann, now)).toEqual(refuse('yourself'))
    expect(await leave(dan, now)).toEqual(done({ isSignedOut: true }))
    expect((await events()).map(({ action }) => action)).toEqual(['member.left'])
  })
})

test("another organization's member is like nobody, and who acts must be an admin at that moment", async () => {
  const elsewhere = await createOrganization({ name: `Elsewhere ${count}` })
  const foreign = await createMember(elsewhere, { email: `eve${count}@example.com`, role: 'admin' })
  const nobody = await createUser({ email: `nobody${count}@example.com` })
  for (const userId of [foreign.userId, nobody, 'usr_absent']) {
    expect(await changeRole({ userId, from: 'admin', role: 'member' }, ann, now)).toEqual(refuse('not-found'))
    expect(await removeMember({ userId }, ann, now)).toEqual(refuse('not-found'))
  }
  for (const actor of [dan, { ...foreign, organizationId }]) {
    expect(await demote(ann, { ...actor, role: 'admin' })).toEqual(refuse('forbidden'))
    expect(await removeMember({ userId: ann.userId }, { ...actor, role: 'admin' }, now)).toEqual(
      refuse('forbidden'),
    )
  }
  expect(await leave({ ...foreign, organizationId }, now)).toEqual(refuse('forbidden'))
  expect(await events()).toEqual([])
})
