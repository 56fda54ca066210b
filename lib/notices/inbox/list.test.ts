import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { addMember, createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/authorize'
import { createSession, findSession } from '@/lib/auth/session'
import { removeMember } from '@/lib/members/remove'
import { noticeKinds } from '@/lib/notices/kinds'
import { findWaitingMails } from '@/lib/notices/mail/find-waiting-mails'
import { raised } from '@/lib/notices/testing/notices'
import { countUnread } from './count-unread'
import { kindsAbout, parseSearch } from './inputs'
import { listNotices } from './list'
import { markRead } from './mark-read'

const now = new Date('2026-11-23T09:00:00Z')
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)
const minute = 60_000

const { owner } = await testDatabase()
let count = 0
let organizationId: string
let ann: UserActor
let ben: UserActor

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await createMember(organizationId, { email: `ann${count}@example.com`, name: 'Ann', role: 'admin' })
  ben = await createMember(organizationId, { email: `ben${count}@example.com`, name: 'Ben', role: 'auditor' })
})

const page = (reader: UserActor, parameters: Record<string, unknown> = {}, mayReadAll = false) =>
  listNotices(reader, parseSearch(parameters, mayReadAll), { withDeliveries: mayReadAll })
const names = async (...question: Parameters<typeof page>) =>
  (await page(...question)).notices.map(({ content }) => 'name' in content.facts && content.facts.name)

test('a notice with all that its reader may see of it, and nothing more', async () => {
  const id = await raised({ organizationId, recipients: [ann.userId], name: 'Till' }, now)
  expect(await page(ann)).toEqual({
    notices: [
      {
        id,
        at: now.toISOString(),
        content: { kind: 'service-key-ending', facts: expect.objectContaining({ name: 'Till' }) },
        isRead: false,
        deliveries: null,
      },
    ],
    next: null,
  })
})

describe('what is found', () => {
  test('nothing of another person and of another organization, whose member the reader is as well', async () => {
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    await addMember(elsewhere, ann.userId, 'admin')
    await raised({ organizationId, recipients: [ann.userId], name: 'Mine' }, now)
    await raised({ organizationId, recipients: [ben.userId], name: "Ben's" }, now)
    await raised({ organizationId: elsewhere, recipients: [ann.userId], name: 'There' }, now)
    expect(await names(ann)).toEqual(['Mine'])
    expect(await names(ben)).toEqual(["Ben's"])
    expect(await names({ ...ann, organizationId: elsewhere })).toEqual(['There'])
    expect(await names(ann, { whose: 'everybodys' }, true)).toHaveLength(2)
    expect((await countUnread(ann)).count).toBe(1)
    expect((await countUnread({ ...ben, organizationId: elsewhere })).count).toBe(0)
  })

  test('nothing for who was removed, from the next request on; admins still see who got it', async () => {
    await addMember(await createOrganization({ name: 'Elsewhere' }), ben.userId, 'member')
    await raised({ organizationId, recipients: [ann.userId, ben.userId] }, now)
    const token = await db().transaction((tx) => createSession(tx, ben.userId, now))
    const enter = async () =>
      authorize(await findSession(token, later(1)), organizationId, 'notifications:read', ben)
    expect(await enter()).toMatchObject({ ok: true })
    await removeMember({ userId: ben.userId }, ann, now)
    expect(await enter()).toMatchObject({ ok: false, reason: 'forbidden' })
    const [notice] = (await page(ann, {}, true)).notices
    expect(notice?.deliveries?.people.map(({ name }) => name)).toEqual(['Ann', 'Ben'])
  })

  test("everybody's only for whom it is, with the reader's own marks and no others", async () => {
    const own = await raised({ organizationId, recipients: [ann.userId, ben.userId] }, now)
    await raised({ organizationId, recipients: [ben.userId] }, later(1))
    await raised({ organizationId, recipients: [ann.userId, ben.userId] }, later(2))
    await markRead({ noticeId: own }, ann, now)
    const marks = async (...question: Parameters<typeof page>) =>
      (await page(...question)).notices.map(({ isRead }) => isRead)
    expect(await marks(ann, { whose: 'everybodys' }, true)).toEqual([false, null, true])
    expect(await marks(ann, { whose: 'everybodys', show: 'unread' }, true)).toHaveLength(3)
    expect(await marks(ann, { whose: 'everybodys' }, false)).toEqual([false, true])
  })

  test('by unread and by what it is about, both together', async () => {
    const revealed = { organizationId, recipients: [ann.userId], kind: 'organization-key-revealed' } as const
    const read = await raised(revealed, now)
    const unread = await raised(revealed, later(1))
    await raised({ organizationId, recipients: [ann.userId] }, later(2))
    await markRead({ noticeId: read }, ann, now)
    const ids = async (parameters: object) => (await page(ann, { ...parameters })).notices.map(({ id }) => id)
    expect(await ids({ show: 'unread' })).toHaveLength(2)
    expect(await ids({ about: 'organization-key' })).toEqual([unread, read])
    expect(await ids({ about: 'organization-key', show: 'unread' })).toEqual([unread])
    expect(await ids({ about: 'nothing', show: 'x', after: 'never', whose: ['mine'] })).toHaveLength(3)
  })

  test('every kind is about one thing that can be asked for', () => {
    const all = Object.values(kindsAbout).flat()
    expect(all.toSorted()).toEqual(noticeKinds.toSorted())
  })
})

describe('who got it', () => {
  test('for admins, each with their mail: those that wait first, then those that were not sent', async () => {
    const cy = await createMember(organizationId, { email: `cy${count}@example.com`, role: 'member' })
    const id = await raised({ organizationId, recipients: [ann, ben, cy].map(({ userId }) => userId) }, now)
    const set = (userId: string, change: object) =>
      owner`update notice_deliveries set ${owner(change)} where notice_id = ${id} and user_id = ${userId}`
    await set(ann.userId, { next_mail_at: null, mailed_at: later(minute) })
    await set(ben.userId, { next_mail_at: null, dropped_at: now, drop_reason: 'key-deleted' })
    await set(cy.userId, { next_mail_at: later(minute), mail_tries: 4, mail_problem: 'It did not answer.' })
    const [notice] = (await page(ann, {}, true)).notices
    expect(notice?.deliveries).toEqual({
      mailed: 1,
      waiting: 1,
      dropped: 1,
      people: [
        {
          userId: cy.userId,
          name: cy.email,
          mail: {
            state: 'waiting',
            tries: 4,
            nextAt: later(minute).toISOString(),
            problem: 'It did not answer.',
          },
        },
        { userId: ben.userId, name: 'Ben', mail: { state: 'dropped', reason: 'key-deleted' } },
        { userId: ann.userId, name: 'Ann', mail: { state: 'mailed', at: later(minute).toISOString() } },
      ],
    })
  })

  test('of very many, twenty by name and all of them by number', async () => {
    const people = await Promise.all(
      Array.from({ length: 25 }, (_, n) =>
        createMember(organizationId, { email: `p${n}-${count}@example.com`, role: 'member' }),
      ),
    )
    await raised({ organizationId, recipients: people.map(({ userId }) => userId) }, now)
    const [notice] = (await page(ann, { whose: 'everybodys' }, true)).notices
    expect(notice?.deliveries).toMatchObject({ waiting: 25, mailed: 0, dropped: 0 })
    expect(notice?.deliveries?.people).toHaveLength(20)
  })

  test('mails that have been waiting for more than five minutes, since when and why', async () => {
    const waiting = () => findWaitingMails(organizationId, later(5 * minute))
    expect(await waiting()).toBeNull()
    const id = await raised({ organizationId, recipients: [ann.userId, ben.userId] }, now)
    expect(await waiting()).toBeNull()
    expect(await findWaitingMails(organizationId, later(5 * minute + 1))).toEqual({
      count: 2,
      since: now.toISOString(),
      problem: null,
    })
    await owner`update notice_deliveries set mail_problem = 'No answer.', mail_tries = 3 where user_id = ${ann.userId}`
    await owner`update notice_deliveries set next_mail_at = null, mailed_at = ${now}
      where notice_id = ${id} and user_id = ${ben.userId}`
    const late = await findWaitingMails(organizationId, later(48 * 60 * minute))
    expect(late).toEqual({ count: 1, since: now.toISOString(), problem: 'No answer.' })
    expect(await findWaitingMails(await createOrganization({ name: 'Quiet' }), later(minute * 99))).toBeNull()
  })
})
