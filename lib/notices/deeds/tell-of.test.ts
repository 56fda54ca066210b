import { expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { changeRole } from '@/lib/members/change-role'
import { leave } from '@/lib/members/leave'
import { removeMember } from '@/lib/members/remove'
import { sendDue } from '@/lib/notices/mail/send-due'
import { noticeWords } from '@/lib/notices/words/notice-words'
import { issue } from '@/lib/organization-keys/issue'
import { setReplacementInterval } from '@/lib/organization-keys/set-replacement-interval'

const { owner } = await testDatabase()
const now = new Date('2026-11-23T09:00:00Z')
let count = 0

async function organization() {
  const number = ++count
  const id = await createOrganization({ name: `Org ${number}` })
  const person = (name: string, role: 'admin' | 'member') =>
    createMember(id, { email: `${name.toLowerCase()}${number}@example.com`, name, role })
  return {
    id,
    ann: await person('Ann', 'admin'),
    ben: await person('Ben', 'admin'),
    cy: await person('Cy', 'admin'),
    dan: await person('Dan', 'member'),
  }
}

/** Who was told what, by name. */
async function told(organizationId: string) {
  const rows = await owner`select notices.kind, notices.facts, users.name, drop_reason from notices
    join notice_deliveries on notice_deliveries.notice_id = notices.id join users on users.id = user_id
    where notices.organization_id = ${organizationId} and kind <> 'organization-key-issued' order by users.name`
  return rows.map(({ kind, facts, name, drop_reason }) => ({ kind, facts, name, dropReason: drop_reason }))
}
const demote = (whom: UserActor, by: UserActor) =>
  changeRole({ userId: whom.userId, from: 'admin', role: 'member' }, by, now)

test('an admin who is made another hears of it, and so do the other admins, whatever follows', async () => {
  const { id, ann, ben } = await organization()
  await demote(ann, ben)
  await changeRole({ userId: ann.userId, from: 'member', role: 'admin' }, ben, now)
  expect(await told(id)).toMatchObject([
    { kind: 'admin-ended', name: 'Ann', facts: { name: 'Ann', became: 'member', by: 'Ben' } },
    { kind: 'admin-ended', name: 'Cy' },
  ])
})

test('an admin who is removed hears of it by mail, although they belong to nothing any more', async () => {
  const { id, ann, ben } = await organization()
  await removeMember({ userId: ann.userId }, ben, now)
  expect(await told(id)).toMatchObject([{ name: 'Ann', facts: { became: null } }, { name: 'Cy' }])
  await sendDue(now, { patienceMs: 1 })
  expect((await told(id)).map(({ dropReason }) => dropReason)).toEqual([null, null])
})

test('an admin who leaves tells the others; a member who goes tells nobody', async () => {
  const { id, ann, dan } = await organization()
  await leave(dan, now)
  expect(await told(id)).toEqual([])
  await leave(ann, now)
  expect((await told(id)).map(({ name }) => name)).toEqual(['Ben', 'Cy'])
})

test('another interval is told to the other admins, with the day that it means for the current key', async () => {
  const { id, ann } = await organization()
  await issue({}, ann, now)
  await setReplacementInterval({ days: 10 }, ann, now)
  await setReplacementInterval({ days: 10 }, ann, now)
  const nextReplacement = new Date(now.getTime() + 5 * 86_400_000).toISOString()
  const facts = { fromDays: 365, toDays: 10, nextReplacement, by: 'Ann' }
  expect(await told(id)).toMatchObject([
    { kind: 'organization-key-interval-set', name: 'Ben', facts },
    { kind: 'organization-key-interval-set', name: 'Cy', facts },
  ])
})

test('a name cannot end its quotation, nor become a link', () => {
  const facts = {
    name: 'x” is stolen: open https://evil.example/ “',
    serviceUser: 'http://evil.example',
    key: 'kt_svc_1aB2…c3d4',
    endsAt: now.toISOString(),
    lastUse: null,
  }
  const { title, sentences } = noticeWords({ kind: 'service-key-ending', facts })
  const said = [title, ...sentences].flat().filter((part) => typeof part === 'string')
  for (const part of said) {
    expect(part).not.toContain('://')
    expect(part.split('“').length).toBe(part.split('”').length)
  }
  expect(said.join('')).not.toContain('x”')
})
