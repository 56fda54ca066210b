import { beforeEach, expect, test } from 'vitest'
import { addMember, createOrganization } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { sendDue } from '@/lib/notices/mail/send-due'
import { until } from '@/lib/verify/testing/until'
import { declineRequest } from './decline-request'
import { grantRequest } from './grant-request'
import type { SetMediaLimit } from './inputs'
import { setMediaLimit } from './set-media-limit'
import { askSupport, changeAt, type Desk, openDesk, toldOfDecisions } from './testing/desk'
import { viewOrganization } from './view-organization'

const now = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const MiB = 1_048_576

const { owner, mail } = await testDatabaseWithMail()
let desk: Desk
let organizationId: string
let jordan: UserActor
let kim: UserActor
let count = 0

beforeEach(async () => {
  mail.mood = 'up'
  desk = await openDesk(++count)
  ;({ organizationId, jordan, kim } = desk)
})

const change = (facts: Partial<SetMediaLimit> = {}) => changeAt(desk, facts)
const ask = (reason = 'Longer videos') => askSupport(desk, now, { reason })
const told = () => toldOfDecisions(owner, organizationId)
const sendMails = (at = later(60)) => sendDue(at, { patienceMs: 500 })
const mailsTo = (name: string) => mail.to(`${name}${count}@example.com`)
const waiting = () =>
  owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

test('each admin is told of a change once, nobody else is, and who of the staff made it is unsaid', async () => {
  await addMember(await createOrganization({ name: 'Elsewhere' }), desk.admin.userId, 'admin')
  await setMediaLimit(change({ endsAt: later(60) }), jordan, now)
  const facts = {
    limitBytes: 20 * MiB,
    change: { fromBytes: 5 * MiB, endsAt: later(60).toISOString(), afterwardsBytes: 5 * MiB },
    request: null,
    reason: 'A migration',
  }
  expect(await told()).toEqual(['Ann', 'Ben'].map((name) => ({ facts, name, isMailed: false })))
  await setMediaLimit(change({ seen: 1, bytes: MiB }), jordan, later(1))
  expect(await told()).toHaveLength(4)
})

test('an answer is told once, with what was asked for and the limit that it leaves', async () => {
  const asked = { wantedBytes: 20 * MiB, reason: 'Longer videos', askedAt: now.toISOString() }
  await declineRequest({ organizationId, requestId: await ask(), reason: 'No' }, jordan, now)
  await grantRequest({ ...change({ bytes: 10 * MiB }), requestId: await ask() }, jordan, later(1))
  await grantRequest({ ...change({ seen: 1 }), requestId: await ask() }, jordan, later(2))
  await grantRequest({ ...change({ seen: 2 }), requestId: await ask() }, jordan, later(3))
  const forGood = { endsAt: null, afterwardsBytes: 20 * MiB }
  expect((await told()).filter(({ name }) => name === 'Ann').map(({ facts }) => facts)).toEqual([
    { limitBytes: 5 * MiB, change: null, request: { ...asked, decision: 'declined' }, reason: 'No' },
    {
      limitBytes: 10 * MiB,
      change: { fromBytes: 5 * MiB, endsAt: null, afterwardsBytes: 10 * MiB },
      request: { ...asked, decision: 'granted-less' },
      reason: 'A migration',
    },
    {
      limitBytes: 20 * MiB,
      change: { fromBytes: 10 * MiB, ...forGood },
      request: { ...asked, decision: 'granted' },
      reason: 'A migration',
    },
    {
      limitBytes: 20 * MiB,
      change: null,
      request: { ...asked, decision: 'granted' },
      reason: 'A migration',
    },
  ])
})

test('what is refused tells nothing, nor does the slower of two at once', async () => {
  const requestId = await ask()
  expect((await grantRequest({ ...change({ bytes: 5 * MiB }), requestId }, jordan, now)).ok).toBe(false)
  expect((await setMediaLimit(change({ endsAt: later(-1) }), jordan, now)).ok).toBe(false)
  expect(await told()).toEqual([])
  const decline = { organizationId, requestId, reason: 'No' }
  await Promise.all([declineRequest(decline, jordan, now), declineRequest(decline, kim, now)])
  expect((await told()).map(({ name }) => name)).toEqual(['Ann', 'Ben'])
})

test('who of the staff is an admin there hears of what the others of the staff do', async () => {
  await addMember(organizationId, jordan.userId, 'admin')
  await setMediaLimit(change(), jordan, now)
  expect((await told()).map(({ name }) => name)).toEqual(['Ann', 'Ben'])
  await setMediaLimit(change({ seen: 1, bytes: MiB }), kim, later(1))
  expect((await told()).map(({ name }) => name)).toEqual(['Ann', 'Ben', 'Ann', 'Ben', 'Jordan'])
})

test('the mail has both units, the end in the zone of the organization, and why', async () => {
  await setMediaLimit(change({ endsAt: new Date('2026-11-30T17:00:00Z') }), jordan, now)
  await sendMails()
  for (const name of ['ann', 'ben']) {
    const [only, ...more] = mailsTo(name)
    expect(more).toEqual([])
    expect(only?.subject).toBe(`Org ${count}: Support set the media limit to 20 MiB`)
    for (const part of [
      'The media limit is 20 MiB (20,971,520 bytes) until 30 Nov 2026, 18:00 CET; then it is 5 MiB (5,242,880 bytes) again.',
      'Support wrote: “A migration”.',
      'Limit before: 5 MiB (5,242,880 bytes), 6.7 MiB as Base64 (6,990,508 characters)',
      'Limit now: 20 MiB (20,971,520 bytes), 26.7 MiB as Base64 (27,962,028 characters)',
      'Open Settings > API: http://localhost:3000/',
    ])
      expect(only?.text).toContain(part)
    expect(only?.text).not.toContain('Jordan')
  }
  expect(mailsTo('dan')).toEqual([])
})

test('a lower limit says what is refused from then on', async () => {
  await setMediaLimit(change({ bytes: MiB }), jordan, now)
  await sendMails()
  expect(mailsTo('ann')[0]?.text).toContain('Uploads that are larger than the new limit are refused')
})

test('an answer names the decision, and the request', async () => {
  await declineRequest({ organizationId, requestId: await ask(), reason: 'Not before 2027' }, jordan, now)
  await sendMails()
  for (const name of ['ann', 'ben']) {
    const [only] = mailsTo(name)
    expect(only?.subject).toBe(`Org ${count}: Declined: a media limit of 20 MiB`)
    expect(only?.text).toContain('The media limit stays 5 MiB (5,242,880 bytes).')
    expect(only?.text).toContain('Support wrote: “Not before 2027”.')
    expect(only?.text).toContain('of 20 Nov 2026, 13:00 CET for 20 MiB (20,971,520 bytes): “Longer videos”.')
  }
})

test('hostile names and reasons break neither a header nor the HTML', async () => {
  const hostile = `<script>alert(1)</script>\r\nBcc: eve@example.com\r\n\r\n${'😀"&\u2028'.repeat(100)}`
  await owner`update organizations set name = ${hostile} where id = ${organizationId}`
  const requestId = await ask(hostile)
  await grantRequest({ ...change({ reason: hostile }), requestId }, jordan, now)
  await sendMails()
  const [only] = mailsTo('ann')
  expect(only?.subject).not.toMatch(/[\p{Cc}\u2028]/u)
  expect(only?.subject).toContain('<script>')
  expect(only?.html).not.toContain('<script')
  expect(mail.to('eve@example.com')).toEqual([])
})

test('a mail waits while mail is down, and goes once to who is still an admin when it is up', async () => {
  mail.mood = 'dead'
  await setMediaLimit(change(), jordan, now)
  await sendMails(later(1))
  expect((await told()).map(({ isMailed }) => isMailed)).toEqual([false, false])
  mail.mood = 'up'
  await owner`update memberships set role = 'developer' where organization_id = ${organizationId}
    and user_id <> ${desk.admin.userId}`
  await sendMails(later(60))
  await sendMails(later(120))
  expect((await told()).map(({ name, isMailed }) => [name, isMailed])).toEqual([
    ['Ann', true],
    ['Ben', false],
  ])
  expect([mailsTo('ann').length, mailsTo('ben').length]).toEqual([1, 0])
})

test('an organization without admins is changed all the same', async () => {
  const empty = await createOrganization({ name: 'Empty' })
  expect(await setMediaLimit(change({ organizationId: empty }), jordan, now)).toMatchObject({ ok: true })
  expect((await viewOrganization(empty, now))?.limit.bytes).toBe(20 * MiB)
})

test('a decision waits for an admin who is joining elsewhere without keeping them from the audit log', async () => {
  const requestId = await ask()
  const verbs = [
    () => setMediaLimit(change({ bytes: MiB }), jordan, now),
    () => declineRequest({ organizationId, requestId, reason: 'No' }, jordan, now),
  ]
  for (const verb of verbs) {
    const { deciding } = await owner.begin(async (joining) => {
      await joining`select 1 from users where id = ${desk.admin.userId} for update`
      const deciding = verb()
      await until(async () => (await waiting()).length > 0)
      await joining`select 1 from audit_heads where chain in (${organizationId}, 'platform') for update nowait`
      return { deciding }
    })
    expect(await deciding).toMatchObject({ ok: true })
  }
})
