import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { createOrganization as createWithAdmin } from '@/lib/organizations/create'
import { done, refuse } from '@/lib/outcome'
import { summarizeAlertRecipients } from './alert-recipients'
import { changeGroups } from './change-groups'
import { createGroup } from './create-group'
import { deleteGroup } from './delete-group'
import { mostGroups } from './inputs'
import { listGroups, listOwnGroups } from './list-groups'
import { renameGroup } from './rename-group'
import { setAccountAlerts } from './set-account-alerts'

const now = new Date('2026-11-20T12:00:00Z')
const { owner } = await testDatabase()
let organizationId: string
let ann: UserActor
let dan: UserActor
let eve: UserActor
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  const other = await createOrganization({ name: `Other ${count}` })
  ann = await createMember(organizationId, { email: `ann${count}@example.com`, name: 'Ann', role: 'admin' })
  dan = await createMember(organizationId, { email: `dan${count}@example.com`, name: 'Dan', role: 'member' })
  eve = await createMember(other, { email: `eve${count}@example.com`, name: 'Eve', role: 'admin' })
})

async function made(name: string, accountAlerts = false, by = ann): Promise<string> {
  const outcome = await createGroup({ name, accountAlerts }, by, now)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.groupId
}

const put = (who: UserActor, join: string[], leave: string[] = [], by = ann) =>
  changeGroups({ userId: who.userId, join, leave }, by, now)
const list = () => listGroups(organizationId)
const events = async () =>
  (
    await owner`select action, subject_id, details from audit_events where chain = ${organizationId} order by sequence`
  ).map((row) => ({ ...row }))

test('an organization begins with a group that gets its alerts, and its first admin in it', async () => {
  const created = await createWithAdmin({ name: `New ${count}`, adminEmail: `new${count}@example.com` }, now)
  if (!created.ok) throw new Error(created.reason)
  expect(await summarizeAlertRecipients(created.value.organizationId)).toEqual({
    names: [`new${count}@example.com`],
    count: 1,
  })
  expect(await listGroups(created.value.organizationId)).toMatchObject([
    { name: 'Account alerts', accountAlerts: true, memberCount: 1 },
  ])
})

test('names are one each, whatever their case; other organizations have their own', async () => {
  const id = await made('Operations')
  expect(await createGroup({ name: 'OPERATIONS', accountAlerts: true }, ann, now)).toEqual(
    refuse('name-taken', { name: 'Operations' }),
  )
  const second = await made('Finance')
  expect(await renameGroup({ groupId: second, name: 'operations' }, ann, now)).toMatchObject({
    reason: 'name-taken',
  })
  expect(await renameGroup({ groupId: id, name: 'OPERATIONS' }, ann, now)).toEqual(done())
  expect(await createGroup({ name: 'Operations', accountAlerts: false }, eve, now)).toMatchObject({
    ok: true,
  })
  const atOnce = await Promise.all(
    Array.from({ length: 10 }, () => createGroup({ name: 'Night shift', accountAlerts: false }, ann, now)),
  )
  expect(atOnce.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await list()).map(({ name }) => name)).toEqual(['Finance', 'Night shift', 'OPERATIONS'])
})

test('there are a hundred at most', async () => {
  await owner`insert into groups (id, organization_id, name, account_alerts, created_at)
    select ${`grp_${count}x`} || n, ${organizationId}, 'Group ' || n, false, now() from generate_series(1, 99) n`
  await made('The hundredth')
  expect(await createGroup({ name: 'One more', accountAlerts: false }, ann, now)).toEqual(
    refuse('too-many-groups', { mostGroups }),
  )
})

describe('alerts', () => {
  test('go to the members of all subscribed groups, each once', async () => {
    const [one, two, three] = [await made('One', true), await made('Two', true), await made('Three')]
    expect(await summarizeAlertRecipients(organizationId)).toEqual({ names: [], count: 0 })
    await put(dan, [one, two])
    await put(ann, [three])
    expect(await summarizeAlertRecipients(organizationId)).toEqual({ names: ['Dan'], count: 1 })
    await setAccountAlerts({ groupId: three, on: true }, ann, now)
    expect(await summarizeAlertRecipients(organizationId, 1)).toEqual({ names: ['Ann'], count: 2 })
    await setAccountAlerts({ groupId: one, on: false }, ann, now)
    await deleteGroup({ groupId: two }, ann, now)
    expect(await summarizeAlertRecipients(organizationId)).toEqual({ names: ['Ann'], count: 1 })
  })
})

test('each change is one event, and no change is none', async () => {
  const [one, two] = [await made('One'), await made('Two', true)]
  await put(dan, [one, two])
  await put(dan, [one], [])
  await put(dan, [two], [one])
  await renameGroup({ groupId: one, name: 'First' }, ann, now)
  await renameGroup({ groupId: one, name: 'First' }, ann, now)
  await setAccountAlerts({ groupId: one, on: true }, ann, now)
  await setAccountAlerts({ groupId: one, on: true }, ann, now)
  await deleteGroup({ groupId: one }, ann, now)
  const byAction = (action: string) => ({ action })
  expect(await events()).toMatchObject([
    { ...byAction('group.created'), details: { name: 'One', accountAlerts: false } },
    { ...byAction('group.created'), details: { name: 'Two', accountAlerts: true } },
    { ...byAction('member.groups-changed'), details: { email: dan.email, joined: 'One, Two', left: '' } },
    { ...byAction('member.groups-changed'), details: { joined: '', left: 'One' } },
    { ...byAction('group.renamed'), details: { name: 'First', nameBefore: 'One' } },
    { ...byAction('group.account-alerts-set'), details: { name: 'First', on: true } },
    { ...byAction('group.deleted'), details: { name: 'First', accountAlerts: true } },
  ])
  expect(await listOwnGroups(organizationId, dan.userId)).toEqual([{ name: 'Two', accountAlerts: true }])
  expect(await listOwnGroups(organizationId, ann.userId)).toEqual([])
  expect(await listOwnGroups(eve.organizationId, dan.userId)).toEqual([])
  expect(await list()).toMatchObject([{ name: 'Two', memberCount: 1, firstMembers: ['Dan'] }])
})

test("another organization's group or member is like none; only admins change groups", async () => {
  const [mine, theirs] = [await made('Mine'), await made('Theirs', false, eve)]
  const before = await events()
  for (const groupId of [theirs, 'grp_absent']) {
    expect(await renameGroup({ groupId, name: 'X' }, ann, now)).toEqual(refuse('not-found'))
    expect(await deleteGroup({ groupId }, ann, now)).toEqual(refuse('not-found'))
    expect(await setAccountAlerts({ groupId, on: true }, ann, now)).toEqual(refuse('not-found'))
    expect(await put(dan, [mine, groupId])).toEqual(refuse('not-found'))
    expect(await put(dan, [], [groupId])).toEqual(refuse('not-found'))
  }
  expect(await put(eve, [mine])).toEqual(refuse('not-found'))
  expect(await put(dan, [mine], [], { ...dan, role: 'admin' })).toEqual(refuse('forbidden'))
  expect(await createGroup({ name: 'X', accountAlerts: true }, dan, now)).toEqual(refuse('forbidden'))
  expect(await events()).toEqual(before)
  await expect(
    owner`insert into group_members values (${organizationId}, ${mine}, ${eve.userId})`,
  ).rejects.toThrow('group_members_membership')
  await expect(
    owner`insert into group_members values (${eve.organizationId}, ${mine}, ${eve.userId})`,
  ).rejects.toThrow('group_members_group')
})
