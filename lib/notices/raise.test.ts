import { expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { type NewNotice, raise } from './raise'

const { owner } = await testDatabase()
const now = new Date('2026-11-23T09:00:00Z')
const organizationId = await createOrganization({ name: 'Northwind' })
const [ann, ben] = await Promise.all(
  ['ann', 'ben'].map((name) => createMember(organizationId, { email: `${name}@example.com`, role: 'admin' })),
)

const notice = (more: Partial<NewNotice> = {}) =>
  ({
    organizationId,
    subjectId: 'key_1',
    kind: 'service-key-ending',
    occasion: '2026-11-23',
    facts: {
      name: 'Till',
      serviceUser: 'Tills',
      key: 'kt_svc_…1234',
      endsAt: now.toISOString(),
      lastUse: null,
    },
    recipients: [ann?.userId ?? '', ben?.userId ?? ''],
    ...more,
  }) as NewNotice
const raiseNow = (...notices: NewNotice[]) => db().transaction((tx) => raise(tx, notices, now))

test('a notice is there once for each recipient, its mail due at once', async () => {
  expect(await raiseNow(notice())).toBe(1)
  const rows = await owner`select user_id, next_mail_at, read_at from notice_deliveries order by user_id`
  expect(rows).toEqual(
    [ann?.userId, ben?.userId].sort().map((user_id) => ({ user_id, next_mail_at: now, read_at: null })),
  )
})

test('the same occasion is raised once, by however many at once', async () => {
  const again = await Promise.all(
    Array.from({ length: 20 }, () =>
      raiseNow(notice({ occasion: 'x', subjectId: 'b' }), notice({ occasion: 'x' })),
    ),
  )
  expect(again.reduce((sum, raised) => sum + raised, 0)).toBe(2)
})

test('a notice for nobody is none', async () => {
  expect(await raiseNow(notice({ occasion: 'nobody', recipients: [] }))).toBe(0)
})

test('what was said and how its mail ended is final', async () => {
  await expect(owner`update notices set facts = '{}'`).rejects.toThrow('does not change')
  await owner`update notice_deliveries set next_mail_at = null, mailed_at = now()`
  await expect(owner`update notice_deliveries set mailed_at = null, next_mail_at = now()`).rejects.toThrow(
    'final',
  )
  await owner`update notice_deliveries set read_at = now()`
})
