import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { changeGroups } from '@/lib/groups/change-groups'
import { createGroup } from '@/lib/groups/create-group'
import { cursorText, parseCursor } from './cursor'
import { parseSearch } from './inputs'
import { countMembers, listMembers, pageSize } from './list-members'

const now = new Date('2026-11-20T12:00:00Z')
const { owner } = await testDatabase()
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
})

const search = (parameters: Record<string, unknown> = {}) => parseSearch(parameters)
const person = (name: string | undefined, email: string, role: 'admin' | 'member' = 'member') =>
  createMember(organizationId, { email: `${email}${count}@example.com`, ...(name ? { name } : {}), role })
const namesOf = async (parameters: Record<string, unknown> = {}) =>
  (await listMembers(organizationId, search(parameters))).members.map(({ name }) => name)

/** Three thousand people, every third of the same name. */
async function fill(): Promise<void> {
  await owner`insert into users (id, name, email)
    select 'usr_' || ${count}::int || 'x' || n, case n % 3 when 0 then 'Ann' else 'P ' || n end, 'x' || n || '-' || ${count}::int || '@example.com'
    from generate_series(1, 3000) n`
  await owner`insert into memberships (organization_id, user_id, role)
    select ${organizationId}, id, 'member' from users where id like ${`usr_${count}x%`}`
}

describe('the list', () => {
  test('is by name whatever its case, the address where there is none', async () => {
    await person('ben', 'z')
    await person('Ann', 'y')
    await person(undefined, 'anna')
    await person('Änne', 'x')
    expect(await namesOf()).toEqual(['Ann', `anna${count}@example.com`, 'ben', 'Änne'])
  })

  test('walked page by page meets everybody once, while people come and go', async () => {
    await fill()
    const met = new Set<string>()
    let after: string | null = null
    do {
      const page = await listMembers(organizationId, search(after ? { after } : {}))
      for (const { userId } of page.members) {
        expect([userId, met.has(userId)]).toEqual([userId, false])
        met.add(userId)
      }
      after = page.next
      // Whoever the next page begins after may be gone by then.
      const last = page.members.at(-1)?.userId ?? ''
      await owner`delete from memberships where organization_id = ${organizationId} and user_id = ${last}`
    } while (after)
    expect(met.size).toBe(3000)
    expect(await countMembers(organizationId)).toEqual({ members: 3000 - 3000 / pageSize, admins: 0 })
  })

  test('is found by a part of a name or an address, by role and by group', async () => {
    const ann = await person('Ann 100%', 'ann', 'admin')
    const ben = await person('Ben', 'ben_')
    const group = await createGroup({ name: 'Operations', accountAlerts: true }, ann, now)
    if (!group.ok) throw new Error(group.reason)
    await changeGroups({ userId: ben.userId, join: [group.value.groupId], leave: [] }, ann, now)
    expect(await namesOf({ q: 'NN' })).toEqual(['Ann 100%'])
    expect(await namesOf({ q: '%' })).toEqual(['Ann 100%'])
    expect(await namesOf({ q: '_' })).toEqual(['Ben'])
    expect(await namesOf({ q: 'EXAMPLE.com' })).toEqual(['Ann 100%', 'Ben'])
    expect(await namesOf({ role: 'admin' })).toEqual(['Ann 100%'])
    expect(await namesOf({ group: group.value.groupId })).toEqual(['Ben'])
    expect(await namesOf({ group: 'grp_absent' })).toEqual([])
    expect((await listMembers(organizationId, search({ q: 'ben' }))).members).toMatchObject([
      { userId: ben.userId, role: 'member', groups: [{ name: 'Operations' }], lastSignInAt: null },
    ])
  })

  test('shows nobody and no group of another organization, nor when people signed in there', async () => {
    const ann = await person('Ann', 'ann', 'admin')
    const other = await createOrganization({ name: `Other ${count}` })
    const eve = await createMember(other, { email: `eve${count}@example.com`, name: 'Eve', role: 'admin' })
    await createMember(other, { email: ann.email, name: 'Ann', role: 'member', userId: ann.userId })
    const theirs = await createGroup({ name: 'Theirs', accountAlerts: true }, eve, now)
    if (!theirs.ok) throw new Error(theirs.reason)
    await changeGroups({ userId: ann.userId, join: [theirs.value.groupId], leave: [] }, eve, now)
    await owner`insert into audit_events (chain, sequence, at, actor_kind, actor_name, action, subject_kind, subject_id, details, previous_hash, hash)
      values (${other}, 99, ${now}, 'user', 'Ann', 'session.signed-in', 'user', ${ann.userId}, '{}', '', '')`
    expect((await listMembers(organizationId, search())).members).toMatchObject([
      { name: 'Ann', role: 'admin', groups: [], lastSignInAt: null },
    ])
    expect(await namesOf({ group: theirs.value.groupId })).toEqual([])
    expect((await listMembers(other, search({ q: 'ann' }))).members).toMatchObject([
      { role: 'member', groups: [{ name: 'Theirs' }], lastSignInAt: now.toISOString() },
    ])
  })
})

describe('an address of the list', () => {
  test('that makes no sense is left out', () => {
    const nothing = { q: '', role: null, group: null, after: null }
    for (const parameters of [
      {},
      { q: ['a', 'b'], role: 'support', group: 'x', after: 'x' },
      { q: '\0', role: '', group: '', after: '' },
      { q: 'a'.repeat(201), after: cursorText({ name: '', userId: 'usr_1' }) },
      { after: cursorText({ name: 'a\0', userId: 'usr_1' }) },
      { after: cursorText({ name: 'a', userId: "usr_1' or 1=1" }) },
    ])
      expect(parseSearch(parameters)).toEqual(nothing)
  })

  test('has a cursor that is read as it was written', () => {
    for (const name of ['ann', 'änne lee', 'a b\nc', '😀'])
      expect(parseCursor(cursorText({ name, userId: 'usr_1' }))).toEqual({ name, userId: 'usr_1' })
    expect(parseCursor(`${cursorText({ name: 'ann', userId: 'usr_1' })}=`)).toBeNull()
  })
})
