import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization, createUser } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { UserActor } from '@/lib/auth/actor'
import { findSession } from '@/lib/auth/session'
import { createGroup } from '@/lib/groups/create-group'
import { deleteGroup } from '@/lib/groups/delete-group'
import { done, refuse } from '@/lib/outcome'
import { invite } from './invite'
import { join } from './join'
import { sendJoinCode } from './join-code'
import { listInvitations } from './list-invitations'
import { readInvitation } from './read-invitation'
import { resendInvitation } from './resend'
import { withdrawInvitation } from './withdraw'

const now = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const day = 24 * 60
const from = { address: '203.0.113.9', userAgent: 'Mozilla/5.0' }
const browser = 'the-random-value-of-the-browser'

const { owner, mail } = await testDatabaseWithMail()
let organizationId: string
let ann: UserActor
let dan: UserActor
let guest: string
let count = 0

beforeEach(async () => {
  mail.mood = 'up'
  organizationId = await createOrganization({ name: `Org ${++count}`, timeZone: 'Europe/Berlin' })
  ann = await createMember(organizationId, { email: `ann${count}@example.com`, name: 'Ann', role: 'admin' })
  dan = await createMember(organizationId, { email: `dan${count}@example.com`, name: 'Dan', role: 'auditor' })
  guest = `guest${count}@example.com`
})

const ask = (facts: Partial<Parameters<typeof invite>[0]> = {}, by = ann, at = now) =>
  invite({ addresses: [guest], role: 'developer', groupIds: [], ...facts }, by, at)
const open = async (at = now) => (await listInvitations(organizationId, at)).invitations
const firstId = async () => (await open())[0]?.id ?? ''
/** The token in the link of the newest mail to an address. */
const tokenTo = (address: string) => /\/join\/([\w-]+)/.exec(mail.to(address)[0]?.text ?? '')?.[1] ?? ''
const events = async () =>
  (
    await owner`select action, actor_id, details from audit_events where chain = ${organizationId} order by sequence`
  ).map((row) => ({ ...row }))

/** Asks for a code with the newest link, and joins with it. */
async function accept(address = guest, name: string | null = null, at = now) {
  const token = tokenTo(address)
  const sent = await sendJoinCode({ token }, browser, null, at, at)
  if (!sent.ok) return sent
  return join({ token, code: mail.code(address), name }, browser, from, at, at)
}

describe('an invitation', () => {
  test('is one mail to one address, and says who invites whom to what', async () => {
    expect(await ask({ addresses: [guest, `b${guest}`] })).toEqual(
      done({ invited: [guest, `b${guest}`], members: [], waiting: [], unsent: [] }),
    )
    const [first, ...more] = mail.to(guest)
    expect(more).toEqual([])
    expect(first).toMatchObject({ to: guest, subject: `Invitation to Org ${count}` })
    expect(first?.text).toContain(`Ann invites you to Org ${count}`)
    expect(first?.text).toContain('Developer')
    expect(first?.text).toContain('27 Nov 2026, 13:00 CET')
    expect(first?.text).toMatch(/http:\/\/localhost:3000\/join\/[\w-]{43}\n/)
    expect(await open()).toMatchObject([{ isMailed: true }, { isMailed: true }])
  })

  test('keeps its token nowhere but in the mail', async () => {
    await ask()
    const token = tokenTo(guest)
    const rows = JSON.stringify(await owner`select i.*, encode(token_digest, 'escape') from invitations i`)
    expect(rows).not.toContain(token)
    expect(JSON.stringify(await events())).not.toContain(token)
  })

  test('is the same whether or not the address has an account elsewhere', async () => {
    const elsewhere = await createOrganization({ name: `Elsewhere ${count}` })
    await createMember(elsewhere, { email: guest, role: 'admin' })
    const [known, unknown] = [await ask(), await ask({ addresses: [`x${guest}`] })]
    expect(JSON.stringify(known).replaceAll(guest, 'A')).toBe(
      JSON.stringify(unknown).replaceAll(`x${guest}`, 'A'),
    )
    const views = (await open()).map(({ id: _, email: __, ...view }) => view)
    expect(views[0]).toEqual(views[1])
  })

  test('goes to nobody who is a member, or has one already; an ended one is replaced', async () => {
    await ask()
    expect(await ask({ addresses: [guest, dan.email] })).toEqual(
      done({ invited: [], members: [dan.email], waiting: [guest], unsent: [] }),
    )
    expect(mail.to(guest)).toHaveLength(1)
    const after = later(7 * day)
    expect(await open(after)).toMatchObject([{ isExpired: true }])
    expect(await ask({}, ann, after)).toMatchObject({ value: { invited: [guest] } })
    expect(await open(after)).toMatchObject([{ isExpired: false }])
  })

  test('whose mail is not taken stands, says so, and can be sent again', async () => {
    mail.mood = 'refusing'
    expect(await ask()).toMatchObject({ ok: true, value: { invited: [guest], unsent: [guest] } })
    expect(await open()).toMatchObject([{ isMailed: false }])
    const invitationId = await firstId()
    expect(await resendInvitation({ invitationId }, ann, later(1))).toMatchObject({
      value: { isSent: false },
    })
    mail.mood = 'up'
    expect(await resendInvitation({ invitationId: await firstId() }, ann, later(2))).toMatchObject({
      value: { isSent: true },
    })
    expect(await open()).toMatchObject([{ isMailed: true }])
  })

  test('with hostile names stays one mail of text', async () => {
    const name = `<b>Org</b> "&' \u2028${count}`
    await owner`update organizations set name = ${name} where id = ${organizationId}`
    await ask({}, { ...ann, name: 'Ann <script>alert(1)</script>\r\nBcc: eve@example.com' })
    const [sent] = mail.to(guest)
    expect(sent?.subject).not.toMatch(/[\r\n\u2028]/)
    expect(sent?.html).not.toContain('<script>')
    expect(sent?.html).not.toContain('<b>')
    expect(mail.to('eve@example.com')).toEqual([])
    await sendJoinCode({ token: tokenTo(guest) }, browser, null, now, now)
    expect(mail.to(guest)[0]?.html).not.toContain('<b>')
  })

  test('100 at once to one address leave one open', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => ask()))
    expect(outcomes.filter((each) => each.ok && each.value.invited.length === 1)).toHaveLength(1)
    expect(await open()).toHaveLength(1)
  })
})

describe('an hour', () => {
  test('has 50 invitations of an organization, 5 to one address, however they are asked for', async () => {
    const many = (round: number) =>
      Array.from({ length: 20 }, (_, n) => `p${round}x${n}-${count}@example.com`)
    await ask({ addresses: many(1) })
    await ask({ addresses: many(2) })
    expect(await ask({ addresses: many(3) }, ann, later(10))).toEqual(
      refuse('too-many-invitations', { left: 10, retryAt: later(60) }),
    )
    for (let n = 1; n <= 5; n++) {
      expect(await ask({}, ann, later(n))).toMatchObject({ ok: true })
      await withdrawInvitation({ invitationId: await firstId() }, ann, later(n))
    }
    expect(await ask({}, ann, later(6))).toEqual(
      refuse('too-many-to-address', { email: guest, retryAt: later(61) }),
    )
    expect(await ask({}, ann, later(61))).toMatchObject({ ok: true })
  })

  test('counts what is sent again', async () => {
    await ask()
    for (let n = 1; n < 5; n++)
      expect(await resendInvitation({ invitationId: await firstId() }, ann, later(n))).toMatchObject({
        ok: true,
      })
    expect(await resendInvitation({ invitationId: await firstId() }, ann, later(6))).toMatchObject({
      reason: 'too-many-to-address',
    })
  })
})

describe('a link', () => {
  test('shows organization, role and address, and opening it changes nothing', async () => {
    await ask()
    const before = await owner`select * from invitations where organization_id = ${organizationId}`
    const view = {
      organizationName: `Org ${count}`,
      email: guest,
      role: 'developer',
      expiresAt: later(7 * day).toISOString(),
    }
    for (let n = 0; n < 3; n++) expect(await readInvitation(tokenTo(guest), now)).toEqual(view)
    expect(await owner`select * from invitations where organization_id = ${organizationId}`).toEqual(before)
  })

  test('is over at 7 days to the millisecond, when used, withdrawn or sent anew: all look like an unknown one', async () => {
    await ask()
    const first = tokenTo(guest)
    const end = later(7 * day)
    expect(await readInvitation(first, new Date(end.getTime() - 1))).not.toBeNull()
    expect(await readInvitation(first, end)).toBeNull()
    await resendInvitation({ invitationId: await firstId() }, ann, later(1))
    const second = tokenTo(guest)
    expect(await readInvitation(first, later(1))).toBeNull()
    await withdrawInvitation({ invitationId: await firstId() }, ann, later(2))
    await ask({}, ann, later(3))
    const third = tokenTo(guest)
    expect(await accept(guest, null, later(4))).toMatchObject({ ok: true })
    for (const token of [first, second, third, '', 'x'.repeat(43), '\0']) {
      expect([token, await readInvitation(token, later(5))]).toEqual([token, null])
      expect(await sendJoinCode({ token }, browser, null, later(5), later(5))).toEqual(
        refuse('invitation-over'),
      )
      expect(await join({ token, code: '123456', name: null }, browser, from, later(5), later(5))).toEqual(
        refuse('invitation-over'),
      )
    }
  })
})

describe('joining', () => {
  test('makes an account and a member with role and groups, signs in, and is recorded', async () => {
    const group = await createGroup({ name: 'Operations', accountAlerts: true }, ann, now)
    if (!group.ok) throw new Error(group.reason)
    const { groupId } = group.value
    await ask({ groupIds: [groupId] })
    const joined = await accept(guest, 'Gus')
    if (!joined.ok) throw new Error(joined.reason)
    expect(await findSession(joined.value.sessionToken, now)).toMatchObject({
      email: guest,
      name: 'Gus',
      isSupport: false,
      shownOrganizationId: organizationId,
      memberships: [{ organizationId, role: 'developer' }],
    })
    expect(await owner`select 1 from group_members where group_id = ${groupId}`).toHaveLength(1)
    expect(await open()).toEqual([])
    expect((await events()).slice(1)).toMatchObject([
      { action: 'invitation.sent', actor_id: ann.userId, details: { email: guest, groups: 'Operations' } },
      { action: 'member.joined', details: { email: guest, role: 'developer', groups: 'Operations' } },
      { action: 'session.signed-in', details: { method: 'code' } },
    ])
    expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
  })

  test('takes the account that is there, with its name, its other organization and its staff desk', async () => {
    const elsewhere = await createOrganization({ name: `Elsewhere ${count}` })
    await createMember(elsewhere, { email: guest, name: 'Gia', role: 'auditor' })
    await owner`update users set is_support = true where email = ${guest}`
    await ask()
    const joined = await accept(guest, 'Somebody else')
    if (!joined.ok) throw new Error(joined.reason)
    expect(await findSession(joined.value.sessionToken, now)).toMatchObject({
      name: 'Gia',
      isSupport: true,
      memberships: [{ role: 'auditor' }, { organizationId, role: 'developer' }],
    })
    expect(await owner`select 1 from users where email = ${guest}`).toHaveLength(1)
  })

  test('again as who became a member meanwhile keeps the role of that', async () => {
    await ask({ role: 'admin' })
    const userId = await createUser({ email: guest })
    await createMember(organizationId, { email: guest, role: 'member', userId })
    expect(await accept()).toMatchObject({ ok: true })
    expect(await owner`select role from memberships where user_id = ${userId}`).toMatchObject([
      { role: 'member' },
    ])
    expect(await open()).toEqual([])
  })

  test('leaves out a group that was deleted meanwhile', async () => {
    const group = await createGroup({ name: 'Operations', accountAlerts: true }, ann, now)
    if (!group.ok) throw new Error(group.reason)
    await ask({ groupIds: [group.value.groupId] })
    await deleteGroup({ groupId: group.value.groupId }, ann, now)
    expect(await accept()).toMatchObject({ ok: true })
  })

  test('needs the code of this invitation in this browser, and takes five tries', async () => {
    await ask()
    const token = tokenTo(guest)
    await sendJoinCode({ token }, browser, null, now, now)
    const code = mail.code(guest)
    const other = await createOrganization({ name: `Other ${count}` })
    const eve = await createMember(other, { email: `eve${count}@example.com`, role: 'admin' })
    await ask({}, eve)
    const foreign = tokenTo(guest)
    expect(await join({ token: foreign, code, name: null }, browser, from, now, now)).toMatchObject({
      reason: 'code-over',
    })
    expect(await join({ token, code, name: null }, 'another browser', from, now, now)).toMatchObject({
      reason: 'code-over',
    })
    const wrong = ((Number(code) + 1) % 1_000_000).toString().padStart(6, '0')
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await join({ token, code: wrong, name: null }, browser, from, now, now)).toEqual(
        refuse('wrong-code', { triesLeft }),
      )
    expect(await join({ token, code, name: null }, browser, from, now, now)).toMatchObject({
      reason: 'code-over',
    })
    expect(await owner`select 1 from users where email = ${guest}`).toEqual([])
  })

  test('20 times at once makes one member', async () => {
    await ask()
    const token = tokenTo(guest)
    await sendJoinCode({ token }, browser, null, now, now)
    const code = mail.code(guest)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => join({ token, code, name: null }, browser, from, now, now)),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await events()).filter(({ action }) => action === 'member.joined')).toHaveLength(1)
  })

  test('beside its withdrawal is one or the other', async () => {
    for (let round = 0; round < 20; round++) {
      guest = `race${round}-${count}@example.com`
      await ask({}, ann, later(round * 5))
      const at = later(round * 5)
      const token = tokenTo(guest)
      await sendJoinCode({ token }, browser, null, at, at)
      const code = mail.code(guest)
      const [joined, withdrawn] = await Promise.all([
        join({ token, code, name: null }, browser, from, at, at),
        withdrawInvitation({ invitationId: await firstId() }, ann, at),
      ])
      expect([round, joined.ok !== withdrawn.ok]).toEqual([round, true])
    }
  })
})

test("another organization's invitation or group is like none; only admins invite", async () => {
  const other = await createOrganization({ name: `Other ${count}` })
  const eve = await createMember(other, { email: `eve${count}@example.com`, role: 'admin' })
  await ask({}, eve)
  const [theirs] = (await listInvitations(other, now)).invitations
  const group = await createGroup({ name: 'Theirs', accountAlerts: true }, eve, now)
  if (!group.ok) throw new Error(group.reason)
  for (const invitationId of [theirs?.id ?? '', 'inv_absent']) {
    expect(await resendInvitation({ invitationId }, ann, now)).toEqual(refuse('not-found'))
    expect(await withdrawInvitation({ invitationId }, ann, now)).toEqual(refuse('not-found'))
  }
  for (const groupId of [group.value.groupId, 'grp_absent'])
    expect(await ask({ groupIds: [groupId] })).toEqual(refuse('not-found'))
  await ask()
  const invitationId = await firstId()
  const notAdmin = { ...dan, role: 'admin' as const }
  expect(await ask({ addresses: [`y${guest}`] }, notAdmin)).toEqual(refuse('forbidden'))
  expect(await resendInvitation({ invitationId }, notAdmin, now)).toEqual(refuse('forbidden'))
  expect(await withdrawInvitation({ invitationId }, notAdmin, now)).toEqual(refuse('forbidden'))
  expect((await events()).map(({ action }) => action)).toEqual(['invitation.sent'])
})

test('Postgres keeps what was mailed, and that an invitation ends once', async () => {
  await ask()
  const id = await firstId()
  for (const change of [
    owner`role = 'admin'`,
    owner`email = 'eve@example.com'`,
    owner`expires_at = expires_at + interval '1 day'`,
    owner`organization_id = 'org_other'`,
  ])
    await expect(owner`update invitations set ${change} where id = ${id}`).rejects.toThrow('final')
  await withdrawInvitation({ invitationId: id }, ann, now)
  await expect(owner`update invitations set withdrawn_at = null where id = ${id}`).rejects.toThrow('final')
  await expect(owner`update invitations set accepted_at = ${now} where id = ${id}`).rejects.toThrow('one_end')
})
