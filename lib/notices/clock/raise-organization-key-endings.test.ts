import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import {
  addKeyUse,
  noticesOf,
  type Told,
  toldOrganization,
  untilNone,
} from '@/lib/notices/testing/organization'
import { day, hour, minute, momentsOf } from '@/lib/notices/testing/sweeps'
import { deleteKey } from '@/lib/organization-keys/delete'
import { issue } from '@/lib/organization-keys/issue'
import { revoke } from '@/lib/organization-keys/revoke'
import { replacementDue } from '@/lib/organization-keys/schedule'
import { raiseOrganizationKeyEndings } from './raise-organization-key-endings'

const { owner } = await testDatabase()
const made = new Date('2026-01-01T10:00:00Z')
const replaced = new Date('2026-03-01T10:00:00Z')
const end = new Date('2026-03-31T10:00:00Z')
const before = (milliseconds: number) => new Date(end.getTime() - milliseconds)
let count = 0

const organization = () => toldOrganization(owner, { name: `Org ${++count}` })
const sweep = (now: Date) => untilNone(() => raiseOrganizationKeyEndings(now))
const sweepAll = async (from: Date, to: Date, everyMs: number) => {
  for (const at of momentsOf(from, to, everyMs)) await sweep(at)
}
const told = async (keyId: string) =>
  (await noticesOf(owner, keyId))
    .filter(({ kind }) => kind === 'organization-key-ending')
    .map(({ occasion }) => occasion)

async function keyOf({ admin }: Told, at = made): Promise<string> {
  const outcome = await issue({}, admin, at)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.keyId
}

/** A key that was replaced for `end`, and used `hoursAfter` that. */
async function retiring(place: Told, hoursAfter: number | null = 1, at = replaced): Promise<string> {
  const keyId = await keyOf(place)
  const { organizationId } = place
  await addKeyUse(owner, { organizationId, keyId, at: made, address: '198.51.100.99' })
  const outcome = await revoke({ keyId }, place.admin, at)
  if (!outcome.ok) throw new Error(outcome.reason)
  if (hoursAfter !== null)
    await addKeyUse(owner, { organizationId, keyId, at: new Date(at.getTime() + hoursAfter * hour) })
  return keyId
}

test('a replaced key that is in use is told of 14, 7 and 1 days before its end, with who uses it', async () => {
  const place = await organization()
  const keyId = await retiring(place)
  await sweepAll(replaced, new Date(end.getTime() + day), 3 * hour)
  expect(await told(keyId)).toEqual(['14', '7', '1'])
  const notices = await noticesOf(owner, keyId)
  expect(notices.find(({ occasion }) => occasion === '14')).toEqual({
    kind: 'organization-key-ending',
    occasion: '14',
    facts: {
      key: expect.stringMatching(/^kt_org_\w{4}…\w{4}$/),
      successor: expect.stringMatching(/^kt_org_\w{4}…\w{4}$/),
      daysLeft: 14,
      endsAt: end.toISOString(),
      uses: [{ at: '2026-03-01T11:00:00.000Z', address: '198.51.100.20', userAgent: 'acme/3.1' }],
      addresses: 1,
    },
    recipients: [place.told.userId],
  })
})

test('the newest five of those who use it are named, and all are counted', async () => {
  const place = await organization()
  const keyId = await retiring(place)
  for (let n = 0; n < 7; n++)
    await addKeyUse(owner, {
      organizationId: place.organizationId,
      keyId,
      at: new Date(replaced.getTime() + n * day),
      address: `203.0.113.${n}`,
    })
  await sweep(before(7 * day))
  const [notice] = (await noticesOf(owner, keyId)).filter(({ kind }) => kind === 'organization-key-ending')
  // The first of the seven is of the very moment of the replacement, and so not after it.
  expect(notice?.facts.addresses).toBe(7)
  expect(notice?.facts.uses).toMatchObject([6, 5, 4, 3, 2].map((n) => ({ address: `203.0.113.${n}` })))
})

test('a milestone begins to the millisecond', async () => {
  const keyId = await retiring(await organization())
  await sweep(before(14 * day + 1))
  expect(await told(keyId)).toEqual([])
  await sweep(before(14 * day))
  expect(await told(keyId)).toEqual(['14'])
})

test('whoever comes late says what is true now, and nothing older', async () => {
  const keyId = await retiring(await organization())
  await sweepAll(before(6 * day), before(2 * day), 5 * hour)
  expect(await told(keyId)).toEqual(['7'])
})

test('a clock that is set back two hours brings no milestone again, and no older one', async () => {
  const place = await organization()
  const keyId = await retiring(place, null)
  await addKeyUse(owner, { organizationId: place.organizationId, keyId, at: before(8 * day) })
  await sweep(before(7 * day))
  for (const at of momentsOf(before(7 * day), end, 3 * hour)) {
    await sweep(at)
    await sweep(new Date(at.getTime() - 2 * hour))
  }
  expect(await told(keyId)).toEqual(['7', '1'])
})

test('a milestone that had passed before the replacement is none', async () => {
  const keyId = await retiring(await organization(), 1, new Date('2026-03-01T10:00:00Z'))
  await owner`alter table organization_keys disable trigger user`
  await owner`update organization_keys set accepted_until = revoked_at + interval '10 days' where id = ${keyId}`
  await owner`alter table organization_keys enable trigger user`
  await sweepAll(replaced, new Date(replaced.getTime() + 11 * day), 3 * hour)
  expect(await told(keyId)).toEqual(['7', '1'])
})

test('nobody hears of a key that was not used since it was replaced, or was deleted', async () => {
  const place = await organization()
  const unused = await retiring(place, null)
  const another = await organization()
  const deleted = await retiring(another)
  await deleteKey({ keyId: deleted }, another.admin, before(20 * day))
  await sweepAll(replaced, end, 12 * hour)
  expect([await told(unused), await told(deleted)]).toEqual([[], []])
})

test('a key that is used again before its end is told of then', async () => {
  const place = await organization()
  const keyId = await retiring(place, null)
  await sweepAll(before(15 * day), before(3 * day), 12 * hour)
  await addKeyUse(owner, { organizationId: place.organizationId, keyId, at: before(3 * day) })
  await sweepAll(before(3 * day), end, 3 * hour)
  expect(await told(keyId)).toEqual(['7', '1'])
})

test('a key that the schedule should have replaced a day ago is told of by its expiry, as one that nothing replaced', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await addKeyUse(owner, { organizationId: place.organizationId, keyId, at: new Date(made.getTime() + hour) })
  const [key] = await owner`select created_at, expires_at from organization_keys where id = ${keyId}`
  const expiresAt: Date = key?.expires_at
  const due = replacementDue({ createdAt: made, expiresAt, expirationRestoredAt: null, replaceBy: null })
  expect(due).toEqual(new Date(expiresAt.getTime() - 30 * day))
  await sweepAll(new Date(expiresAt.getTime() - 31 * day), new Date(expiresAt.getTime() + day), 6 * hour)
  expect(await told(keyId)).toEqual(['14', '7', '1'])
  expect((await noticesOf(owner, keyId))[0]?.facts).toMatchObject({
    successor: null,
    endsAt: expiresAt.toISOString(),
    addresses: 1,
  })
})

test('a key that is being replaced is not told of as one that nothing replaced', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await addKeyUse(owner, { organizationId: place.organizationId, keyId, at: new Date(made.getTime() + hour) })
  const now = new Date(made.getTime() + 355 * day)
  await owner.begin(async (sql) => {
    await sql`select 1 from organizations where id = ${place.organizationId} for update`
    await sweep(now)
  })
  expect(await told(keyId)).toEqual([])
  await revoke({ keyId }, place.admin, now)
  await sweep(now)
  expect(await told(keyId)).toEqual([])
})

test('a current key whose replacement is not overdue is nobody’s worry', async () => {
  const place = await organization()
  await owner`update organizations set replace_every_days = 4 where id = ${place.organizationId}`
  const keyId = await keyOf(place)
  await addKeyUse(owner, { organizationId: place.organizationId, keyId, at: made })
  await sweepAll(made, new Date(made.getTime() + 3 * day - minute), 2 * hour)
  expect(await told(keyId)).toEqual([])
})

test('three who sweep at once say each milestone once', async () => {
  const keyIds = await Promise.all(Array.from({ length: 12 }, async () => retiring(await organization())))
  for (const at of [before(14 * day), before(7 * day), before(day)])
    await Promise.all([1, 5, 500].map((batch) => untilNone(() => raiseOrganizationKeyEndings(at, { batch }))))
  for (const keyId of keyIds) expect((await told(keyId)).length).toBe(new Set(await told(keyId)).size)
  await sweep(before(day - minute))
  for (const keyId of keyIds) expect((await told(keyId)).at(-1)).toBe('1')
})
