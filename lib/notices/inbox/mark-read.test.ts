import { beforeEach, describe, expect, test } from 'vitest'
import { addMember, createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { raised } from '@/lib/notices/testing/notices'
import { parseCursor } from '@/lib/requests/cursor'
import { countUnread } from './count-unread'
import { markAllReadInput, markReadInput } from './inputs'
import { markAllRead } from './mark-all-read'
import { markRead } from './mark-read'

const now = new Date('2026-11-23T09:00:00Z')
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)

const { owner } = await testDatabase()
let count = 0
let organizationId: string
let ann: UserActor
let ben: UserActor

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await createMember(organizationId, { email: `ann${count}@example.com`, role: 'admin' })
  ben = await createMember(organizationId, { email: `ben${count}@example.com`, role: 'auditor' })
})

const both = (at: Date) => raised({ organizationId, recipients: [ann.userId, ben.userId] }, at)
const unread = async (reader: UserActor) => (await countUnread(reader)).count

/** What the page of a reader shows now. */
async function seen(reader: UserActor) {
  const found = await countUnread(reader)
  return markAllReadInput.parse({ upTo: found.newest, unread: found.count })
}

describe('one', () => {
  test('is read by who marks it and by nobody else, from the first time on', async () => {
    const noticeId = await both(now)
    expect(await markRead({ noticeId }, ann, later(1))).toMatchObject({ ok: true })
    expect(await markRead({ noticeId }, ann, later(2))).toMatchObject({ ok: true })
    expect([await unread(ann), await unread(ben)]).toEqual([0, 1])
    const [row] = await owner`select read_at from notice_deliveries
      where notice_id = ${noticeId} and user_id = ${ann.userId}`
    expect(row?.read_at).toEqual(later(1))
  })

  test("that is another person's, of another organization, or not there at all answers the same", async () => {
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    await addMember(elsewhere, ann.userId, 'admin')
    const theirs = await raised({ organizationId: elsewhere, recipients: [ann.userId] }, now)
    const bens = await raised({ organizationId, recipients: [ben.userId] }, now)
    for (const noticeId of [theirs, bens, 'ntc_absent'])
      expect(await markRead({ noticeId }, ann)).toEqual({
        ok: false,
        reason: 'not-found',
        details: undefined,
      })
    expect([await unread(ben), await unread({ ...ann, organizationId: elsewhere })]).toEqual([1, 1])
  })

  test('how the mail stands does not matter, nor does it change', async () => {
    const noticeId = await both(now)
    await owner`update notice_deliveries set next_mail_at = null, dropped_at = now(), drop_reason = 'key-deleted'`
    expect(await markRead({ noticeId }, ann, now)).toMatchObject({ ok: true })
  })
})

describe('all', () => {
  test('are those that the reader saw: one that arrives meanwhile stays unread', async () => {
    for (let n = 0; n < 3; n++) await both(later(n))
    const shown = await seen(ann)
    await both(later(3))
    expect(await markAllRead(shown, ann, now)).toMatchObject({ ok: true, value: { marked: 3 } })
    expect([await unread(ann), await unread(ben)]).toEqual([1, 4])
  })

  test('one that appears late, with a moment before the newest, is not read unseen', async () => {
    await both(later(5))
    const shown = await seen(ann)
    await both(later(1))
    expect(await markAllRead(shown, ann, now)).toMatchObject({ ok: false, reason: 'more-meanwhile' })
    expect(await unread(ann)).toBe(2)
    expect(await markAllRead(await seen(ann), ann, now)).toMatchObject({ ok: true })
    expect(await unread(ann)).toBe(0)
  })

  test('of one moment, too, only those up to the newest', async () => {
    await both(now)
    const shown = await seen(ann)
    const [place] = [shown.upTo]
    await owner`insert into notices select 'ntc_zzzz', organization_id, kind, 'zzz' || id, occasion, facts, created_at
      from notices where id = ${place.id}`
    await owner`insert into notice_deliveries (notice_id, user_id, organization_id, created_at, next_mail_at)
      select 'ntc_zzzz', user_id, organization_id, created_at, created_at from notice_deliveries
      where notice_id = ${place.id} and user_id = ${ann.userId}`
    expect(await markAllRead(shown, ann, now)).toMatchObject({ ok: true, value: { marked: 1 } })
    expect(await unread(ann)).toBe(1)
  })

  test('some of which were read elsewhere meanwhile; marked twice at once, they are marked once', async () => {
    const noticeId = await both(now)
    for (let n = 1; n < 20; n++) await both(later(n))
    const shown = await seen(ann)
    await markRead({ noticeId }, ann, now)
    const answers = await Promise.all(Array.from({ length: 8 }, () => markAllRead(shown, ann, now)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(await unread(ann)).toBe(0)
  })

  test('never those of another organization', async () => {
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    await addMember(elsewhere, ann.userId, 'admin')
    await raised({ organizationId: elsewhere, recipients: [ann.userId] }, now)
    await both(later(1))
    await markAllRead({ ...(await seen(ann)), unread: 99 }, ann, now)
    expect(await unread({ ...ann, organizationId: elsewhere })).toBe(1)
  })
})

test('ids and places that were never given out are refused before anything is read', () => {
  for (const noticeId of ['', 'key_1', "ntc_'", `ntc_${'x'.repeat(41)}`, null])
    expect(markReadInput.safeParse({ noticeId }).success).toBe(false)
  for (const upTo of [
    '',
    'x',
    null,
    'a'.repeat(401),
    Buffer.from('2026-02-31T00:00:00.000000Z x').toString('base64url'),
  ])
    expect(markAllReadInput.safeParse({ upTo, unread: 1 }).success).toBe(false)
  expect(parseCursor('never')).toBeNull()
})
