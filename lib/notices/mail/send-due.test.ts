import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { newId } from '@/lib/id'
import { type NewNotice, raise } from '@/lib/notices/raise'
import { insertServiceKey, type TestServiceKey } from '@/lib/verify/testing/rows'
import { type SendOptions, sendDue } from './send-due'

const { owner, mail } = await testDatabaseWithMail()
const now = new Date()
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const day = 86_400
const endsAt = at(10 * day)
const organizationId = await createOrganization({ name: 'Northwind' })
const groupId = newId('grp')
await owner`insert into groups values (${groupId}, ${organizationId}, 'Alerts', true, ${now})`
const people: { userId: string; email: string }[] = []
for (const name of ['ann', 'ben', 'cy']) {
  const email = `${name}@example.com`
  const { userId } = await createMember(organizationId, { email, role: 'admin' })
  await owner`insert into group_members values (${organizationId}, ${groupId}, ${userId})`
  people.push({ userId, email })
}
let key: TestServiceKey

beforeEach(async () => {
  Object.assign(mail, { mood: 'up', asked: 0 })
  key = await insertServiceKey(owner, organizationId, { expiresAt: endsAt })
})
afterEach(async () => {
  await owner`delete from notices`
})

async function raiseNotice(more: Partial<NewNotice> = {}, when = now): Promise<string> {
  const facts = {
    name: 'Till',
    serviceUser: 'Tills',
    key: 'kt_svc_…1234',
    endsAt: endsAt.toISOString(),
    lastUse: null,
  }
  const notice = {
    ...{ organizationId, subjectId: key.id, kind: 'service-key-ending', occasion: newId('ntc'), facts },
    recipients: people.map(({ userId }) => userId),
    ...more,
  } as NewNotice
  await db().transaction((tx) => raise(tx, [notice], when))
  const [row] = await owner`select id from notices where occasion = ${notice.occasion}`
  return row?.id
}
// Only who is kept waiting on purpose loses patience soon.
const send = (seconds = 0, options: SendOptions = {}) =>
  sendDue(at(seconds), { patienceMs: mail.mood === 'up' ? 10_000 : 300, ...options })
const deliveries = () =>
  owner`select mail_tries, next_mail_at, mail_problem, mailed_at, drop_reason from notice_deliveries order by user_id`
/** How many mails there are for each person; the mailbox delivers once for each idempotency key. */
const arrived = () => people.map(({ email }) => mail.to(email).length)
const before = () => {
  const counts = arrived()
  return () => arrived().map((count, index) => count - (counts[index] ?? 0))
}

test('each recipient gets one mail of their own, once', async () => {
  const since = before()
  await raiseNotice()
  expect(await send()).toEqual({ taken: 3, mailed: 3, dropped: 0, waiting: 0 })
  expect(await send()).toEqual({ taken: 0, mailed: 0, dropped: 0, waiting: 0 })
  expect(await send(3 * day)).toMatchObject({ taken: 0 })
  expect(since()).toEqual([1, 1, 1])
  expect(await deliveries()).toMatchObject(
    people.map(() => ({ mailed_at: now, next_mail_at: null, mail_tries: 1 })),
  )
  for (const { email } of people) {
    expect(mail.to(email)[0]?.subject).toContain('Northwind')
    expect(mail.to(email)[0]?.text).toContain(`/open/${organizationId}?to=/settings/`)
  }
})

test('several senders at once never send one twice', async () => {
  const since = before()
  for (let n = 0; n < 30; n++) await raiseNotice({ kind: 'service-key-expired' } as Partial<NewNotice>)
  const sent = await Promise.all(Array.from({ length: 8 }, () => send(0, { batch: 20 })))
  expect(sent.reduce((sum, each) => sum + each.mailed, 0)).toBe(90)
  expect(mail.asked).toBe(90)
  expect(since()).toEqual([30, 30, 30])
})

test('who is killed between sending and marking leaves a mail that is not delivered twice', async () => {
  const since = before()
  await raiseNotice()
  await send()
  // As the row was before the mark, with the hold of a sender that is no more.
  await owner`alter table notice_deliveries disable trigger notice_deliveries_facts`
  await owner`update notice_deliveries set mailed_at = null, next_mail_at = ${at(300)}`
  await owner`alter table notice_deliveries enable trigger notice_deliveries_facts`
  expect(await send(299)).toMatchObject({ taken: 0 })
  expect(await send(300)).toMatchObject({ mailed: 3 })
  expect(mail.asked).toBe(6)
  expect(since()).toEqual([1, 1, 1])
})

test('a mail that was taken without a word goes again under the same key', async () => {
  const since = before()
  await raiseNotice()
  mail.mood = 'mute'
  expect(await send()).toMatchObject({ mailed: 0, waiting: 3 })
  expect(await deliveries()).toMatchObject(
    people.map(() => ({ next_mail_at: at(30), mail_problem: 'The mail service did not answer in time.' })),
  )
  mail.mood = 'up'
  expect(await send(29)).toMatchObject({ taken: 0 })
  expect(await send(30)).toMatchObject({ mailed: 3 })
  expect(since()).toEqual([1, 1, 1])
  expect(await deliveries()).toMatchObject(people.map(() => ({ mail_problem: null, mail_tries: 2 })))
})

test('a mail that was taken before in other words counts as mailed', async () => {
  const since = before()
  await raiseNotice()
  mail.mood = 'mute'
  await send()
  mail.mood = 'up'
  await owner`update organizations set name = 'Southwind' where id = ${organizationId}`
  expect(await send(30)).toMatchObject({ mailed: 3 })
  await owner`update organizations set name = 'Northwind' where id = ${organizationId}`
  expect(since()).toEqual([1, 1, 1])
})

test('every way in which mail fails is said in words, and tried again', async () => {
  await raiseNotice({ recipients: [people[0]?.userId ?? ''] })
  let seconds = 0
  for (const [mood, words] of [
    ['refusing', 'The mail service is out of order.'],
    ['rejecting', 'The mail service refused this mail.'],
    ['closed', 'The mail service does not let Keyturn in.'],
    ['dead', 'The mail service cannot be reached.'],
    ['deaf', 'The mail service did not answer in time.'],
    ['busy', 'The mail service takes no more mails for now.'],
  ] as const) {
    mail.mood = mood
    expect(await send(seconds)).toMatchObject({ waiting: 1 })
    expect(await deliveries()).toMatchObject([{ mail_problem: words, mailed_at: null }])
    seconds += 3600
  }
})

test('a service that takes few at a time gets them slower, and gets them all', async () => {
  const since = before()
  for (let n = 0; n < 4; n++) await raiseNotice({ kind: 'service-key-expired' } as Partial<NewNotice>)
  let last = 0
  mail.mood = () => {
    if (performance.now() - last < 30) return 'busy'
    last = performance.now()
    return 'up'
  }
  expect(await send()).toMatchObject({ mailed: 12, waiting: 0 })
  expect(since()).toEqual([4, 4, 4])
})

test.each([
  ['dead', 'The mail service cannot be reached.'],
  ['closed', 'The mail service does not let Keyturn in.'],
] as const)(
  'where nobody gets through, not every mail is tried, and each says why it waits: %s',
  async (mood, words) => {
    for (let n = 0; n < 30; n++) await raiseNotice({ kind: 'service-key-expired' } as Partial<NewNotice>)
    mail.mood = mood
    expect(await send(0, { atOnce: 4 })).toMatchObject({ taken: 90, waiting: 90 })
    expect(mail.asked).toBeLessThanOrEqual(8)
    for (const row of await deliveries()) expect(row).toMatchObject({ next_mail_at: at(30), mail_tries: 1 })
    expect((await deliveries()).every((row) => row.mail_problem === words)).toBe(true)
  },
)

test('one mail that is refused keeps nobody else waiting', async () => {
  const since = before()
  await raiseNotice()
  let refused = 0
  mail.mood = () => (refused++ === 0 ? 'rejecting' : 'up')
  expect(await send(0, { atOnce: 1 })).toMatchObject({ mailed: 2, waiting: 1 })
  expect(since().sort()).toEqual([0, 1, 1])
})

test('one that cannot be written keeps nobody else waiting', async () => {
  await owner`insert into notices values ('ntc_odd', ${organizationId}, 'service-key-expired', ${key.id}, 'odd', 'null', ${now})`
  await owner`insert into notice_deliveries (notice_id, user_id, organization_id, created_at, next_mail_at)
    values ('ntc_odd', ${people[0]?.userId ?? ''}, ${organizationId}, ${now}, ${now})`
  await raiseNotice()
  expect(await send(0, { atOnce: 1 })).toMatchObject({ mailed: 3, waiting: 1 })
})

test('mail that is down for two days is tried at most hourly, and sent when it is still true', async () => {
  const since = before()
  const [kept, gone] = [key, await insertServiceKey(owner, organizationId, { expiresAt: endsAt })]
  await raiseNotice()
  await raiseNotice({ subjectId: gone.id })
  mail.mood = 'dead'
  let tries = 0
  for (let minute = 0; minute < 2 * 24 * 60; minute++) tries += (await send(minute * 60)).taken > 0 ? 1 : 0
  expect(tries).toBeGreaterThan(48)
  expect(tries).toBeLessThan(60)

  mail.mood = 'up'
  await owner`update service_keys set deleted_at = now(), changed_at = now() where id = ${gone.id}`
  expect(await send(2 * day + 3600)).toEqual({ taken: 6, mailed: 3, dropped: 3, waiting: 0 })
  expect(since()).toEqual([1, 1, 1])
  expect(
    await owner`select subject_id, drop_reason, count(*)::int from notice_deliveries
      join notices on id = notice_id group by 1, 2 order by drop_reason`,
  ).toEqual([
    { subject_id: gone.id, drop_reason: 'key-deleted', count: 3 },
    { subject_id: kept.id, drop_reason: null, count: 3 },
  ])
})

test('of the notices of an end that waited, only the newest goes out', async () => {
  const since = before()
  mail.mood = 'dead'
  for (const days of [0, 1, 2]) {
    await raiseNotice({ occasion: `${days}` }, at(days * day))
    await send(days * day)
  }
  mail.mood = 'up'
  expect(await send(3 * day)).toMatchObject({ mailed: 3 })
  expect(since()).toEqual([1, 1, 1])
  expect(
    await owner`select occasion, drop_reason, count(*)::int from notice_deliveries
      join notices on id = notice_id group by 1, 2 order by 1`,
  ).toEqual([
    { occasion: '0', drop_reason: 'newer-notice', count: 3 },
    { occasion: '1', drop_reason: 'newer-notice', count: 3 },
    { occasion: '2', drop_reason: null, count: 3 },
  ])
})

test('whoever left, or is not subscribed any more, gets none', async () => {
  const since = before()
  const [ann, ben, cy] = people.map(({ userId }) => userId)
  await raiseNotice()
  await owner`delete from group_members where user_id = ${ann ?? ''}`
  await owner`delete from memberships where user_id = ${ben ?? ''}`
  expect(await send()).toEqual({ taken: 3, mailed: 1, dropped: 2, waiting: 0 })
  expect(since()).toEqual([0, 0, 1])
  await owner`update groups set account_alerts = false`
  await raiseNotice({ recipients: [cy ?? ''] })
  expect(await send()).toMatchObject({ dropped: 1 })

  const act = { key: 'kt_org_…1', by: 'Dee', from: null, lastUse: null }
  const revealed = { kind: 'organization-key-revealed', facts: act } as Partial<NewNotice>
  await owner`update memberships set role = 'developer' where user_id = ${cy ?? ''}`
  await raiseNotice({ ...revealed, recipients: [ann ?? '', cy ?? ''] })
  expect(await send()).toMatchObject({ mailed: 1, dropped: 1 })
  expect(since()).toEqual([1, 0, 1])
})

test('who is told to stop lets go of what was not sent', async () => {
  for (let n = 0; n < 10; n++)
    await raiseNotice({
      kind: 'service-key-expired',
      recipients: [people[0]?.userId ?? ''],
    } as Partial<NewNotice>)
  await owner`insert into group_members select organization_id, id, ${people[0]?.userId ?? ''} from groups`
  await owner`update groups set account_alerts = true`
  const stop = new AbortController()
  mail.mood = () => {
    if (mail.asked === 2) stop.abort()
    return 'up'
  }
  expect(await send(0, { atOnce: 2, signal: stop.signal })).toMatchObject({
    taken: 10,
    mailed: 2,
    waiting: 8,
  })
  const rest = (await deliveries()).filter((row) => row.next_mail_at)
  expect(rest).toEqual(rest.map((row) => ({ ...row, next_mail_at: now, mail_tries: 0, mail_problem: null })))
  expect(await send(0, { signal: stop.signal })).toMatchObject({ taken: 0 })
  expect(await send()).toMatchObject({ mailed: 8 })
})
