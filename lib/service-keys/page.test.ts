import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { parseCursor } from './cursor'
import { deleteKey } from './delete'
import { disable } from './disable'
import { enable } from './enable'
import type { ServiceKeyFilter } from './filter'
import { findByDigest } from './find-by-digest'
import { day, hour } from './lifecycle'
import { pageOfServiceKeys } from './page'
import { rotate } from './rotate'
import { findServiceUserName, searchServiceUsers } from './search-service-users'
import { parseSort, sortTexts } from './sort'
import { generated } from './testing/service-keys'

const start = new Date('2026-03-01T10:00:00Z')
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)
const digestOf = (text: string) => createHash('sha256').update(text).digest()

const { owner } = await testDatabase()
let ann: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await createMember(organizationId, { email: `a${count}@example.com`, name: 'Ann', role: 'developer' })
})

const useAt = (keyId: string, at: Date) =>
  owner`update service_key_uses set last_used_at = ${at}, last_used_from = '198.51.100.7', last_user_agent = 'sync/2'
    where key_id = ${keyId}`

function sortOf(text: string) {
  const sort = parseSort(text)
  if (!sort) throw new Error(`${text} is no order`)
  return sort
}

async function page(filter: ServiceKeyFilter = {}, sort = '-created', now = start, limit = 50) {
  return pageOfServiceKeys(organizationId, filter, { sort: sortOf(sort), after: null, limit }, now)
}
const names = async (...question: Parameters<typeof page>) =>
  (await page(...question)).keys.map(({ name }) => name)

/** The ids of all pages, one after another; `between` runs before each page but the first. */
async function walk(sort: string, limit: number, between = async () => {}): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = null; ; await between()) {
    const after: ReturnType<typeof parseCursor> = cursor === null ? null : parseCursor(cursor, sortOf(sort))
    if (cursor !== null && after === null) throw new Error(`${cursor} names no place`)
    const found = await pageOfServiceKeys(organizationId, {}, { sort: sortOf(sort), after, limit }, start)
    ids.push(...found.keys.map(({ id }) => id))
    cursor = found.nextCursor
    if (cursor === null) return ids
  }
}

test('a key with all that a browser may see of it, and nothing more', async () => {
  const made = await generated(
    ann,
    { allowedRanges: ['10.0.0.0/8'], accessLevel: 'read-write', expiresAt: later(9 * day) },
    start,
  )
  await useAt(made.keyId, later(hour))
  await owner`update service_key_uses set refused_at = ${later(2 * hour)}, refused_from = '::1',
    refused_user_agent = 'curl/8', refused_code = 'IP_DENIED' where key_id = ${made.keyId}`
  const rotated = await rotate(
    { keyId: made.keyId, secretId: made.secretId, overlapHours: 24 },
    ann,
    later(3 * hour),
  )
  if (!rotated.ok) throw new Error(rotated.reason)
  const view = {
    id: made.keyId,
    name: 'Billing sync',
    serviceUser: made.serviceUser,
    masked: rotated.value.masked,
    secretId: rotated.value.secretId,
    accessLevel: 'read-write',
    allowedRanges: ['10.0.0.0/8'],
    state: 'active',
    expiresAt: later(9 * day).toISOString(),
    createdAt: start.toISOString(),
    createdBy: 'Ann',
    changedAt: start.toISOString(),
    lastUse: { at: later(hour).toISOString(), from: '198.51.100.7', userAgent: 'sync/2' },
    lastRefusal: {
      at: later(2 * hour).toISOString(),
      from: '::1',
      userAgent: 'curl/8',
      code: 'IP_DENIED',
    },
    overlapEndsAt: later(27 * hour).toISOString(),
  }
  const now = later(4 * hour)
  expect(await page({}, '-created', now)).toEqual({
    keys: [view],
    nextCursor: null,
    now: now.toISOString(),
  })
  expect((await page({}, '-created', later(27 * hour))).keys).toEqual([{ ...view, overlapEndsAt: null }])
})

test('a key that is not accepted itself has no former secret that is', async () => {
  const { keyId, secretId } = await generated(ann, { expiresAt: later(day) }, start)
  await rotate({ keyId, secretId, overlapHours: 168 }, ann, start)
  const endAt = async (at: Date) => (await page({}, '-created', at)).keys[0]?.overlapEndsAt
  const end = later(day).toISOString()
  expect(await endAt(later(hour))).toBe(end)
  await disable({ keyId }, ann, later(hour))
  expect(await endAt(later(hour))).toBeNull()
  await enable({ keyId }, ann, later(2 * hour))
  expect(await endAt(later(2 * hour))).toBe(end)
  expect(await endAt(later(day))).toBeNull()
})

describe('what is found', () => {
  test('by state, with the moment of the question', async () => {
    await generated(ann, { name: 'A' }, start)
    const { keyId } = await generated(ann, { name: 'B', expiresAt: later(day) }, start)
    await generated(ann, { name: 'C', expiresAt: later(2 * day) }, start)
    await disable({ keyId }, ann, later(hour))
    const states = async (now: Date) =>
      Promise.all((['active', 'disabled', 'expired'] as const).map((state) => names({ state }, 'name', now)))
    expect(await states(later(day - 1))).toEqual([['A', 'C'], ['B'], []])
    expect(await states(later(day))).toEqual([['A', 'C'], [], ['B']])
    expect(await states(later(2 * day))).toEqual([['A'], [], ['B', 'C']])
  })

  test('by its id, within the rest of the question', async () => {
    const { keyId } = await generated(ann, { name: 'Till' }, start)
    await generated(ann, { name: 'Till' }, start)
    expect((await page({ keyId })).keys.map(({ id }) => id)).toEqual([keyId])
    expect(await names({ keyId, name: 'till', state: 'active' })).toEqual(['Till'])
    expect(await names({ keyId, state: 'disabled' })).toEqual([])
  })

  test('by level, service user, ranges and expiry, all of it together', async () => {
    const wanted = { accessLevel: 'read', allowedRanges: [], expiresAt: null } as const
    const { serviceUser } = await generated(ann, { name: 'Wanted', ...wanted, allowedRanges: [] }, start)
    const like = { ...wanted, allowedRanges: [] as string[] }
    await generated(ann, { ...like, name: 'Level', accessLevel: 'full' }, start)
    await generated(ann, { ...like, name: 'User', serviceUser: { name: 'Another' } }, start)
    await generated(ann, { ...like, name: 'Ranges', allowedRanges: ['::/0'] }, start)
    await generated(ann, { ...like, name: 'Ends', expiresAt: later(day) }, start)
    expect(await names({ accessLevel: 'full' })).toEqual(['Level'])
    expect(
      await names({
        accessLevel: 'read',
        serviceUserId: serviceUser.id,
        isAnyAddress: true,
        neverExpires: true,
      }),
    ).toEqual(['Wanted'])
  })

  test('as unused: neither used nor made for so long', async () => {
    const old = await generated(ann, { name: 'Old' }, later(-60 * day))
    await generated(ann, { name: 'Never' }, later(-90 * day))
    await generated(ann, { name: 'New' }, later(-1))
    expect(await names({ unusedDays: 30 }, 'name')).toEqual(['Never', 'Old'])
    expect(await names({ unusedDays: 90 }, 'name')).toEqual(['Never'])
    await useAt(old.keyId, later(-30 * day + 1))
    expect(await names({ unusedDays: 30 }, 'name')).toEqual(['Never'])
    await useAt(old.keyId, later(-30 * day))
    expect(await names({ unusedDays: 30 }, 'name')).toEqual(['Never', 'Old'])
  })

  test('by a part of the name, ignoring case, where nothing that is typed is a pattern', async () => {
    for (const name of ['Über-Sync', 'a_b', 'axb', '100%', '100 percent', 'back\\slash'])
      await generated(ann, { name }, start)
    const found = (name: string) => names({ name }, 'name')
    expect(await found('üBER')).toEqual(['Über-Sync'])
    expect(await found('R-S')).toEqual(['Über-Sync'])
    expect(await found('A_B')).toEqual(['a_b'])
    expect(await found('%')).toEqual(['100%'])
    expect(await found('0')).toEqual(['100 percent', '100%'])
    expect(await found('\\')).toEqual(['back\\slash'])
    expect(await found('k\\s')).toEqual(['back\\slash'])
    expect(await found("' or true --")).toEqual([])
  })

  test('nothing of another organization, and nothing deleted', async () => {
    const { keyId, serviceUser, key } = await generated(ann, {}, start)
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    const question = { sort: sortOf('name'), after: null, limit: 50 }
    for (const filter of [{}, { keyId }, { serviceUserId: serviceUser.id }, { name: 'Billing' }])
      expect((await pageOfServiceKeys(elsewhere, filter, question, start)).keys).toEqual([])
    expect(await findByDigest(elsewhere, digestOf(key), start)).toBeNull()
    expect(await searchServiceUsers(elsewhere, '', start)).toEqual([])
    expect(await findServiceUserName(elsewhere, serviceUser.id)).toBeNull()
    await deleteKey({ keyId }, ann, start)
    for (const sort of sortTexts) expect(await names({}, sort)).toEqual([])
  })
})

describe('the order', () => {
  test('what never expires is last, what was never used is first; the reverse is exact', async () => {
    const b = await generated(ann, { name: 'b', expiresAt: later(2 * day) }, start)
    const a = await generated(ann, { name: 'A', expiresAt: later(3 * day) }, later(1))
    await generated(ann, { name: 'ä' }, later(2))
    const c = await generated(ann, { name: 'C', expiresAt: later(day) }, later(3))
    await useAt(a.keyId, later(hour))
    await useAt(b.keyId, later(3 * hour))
    await useAt(c.keyId, later(2 * hour))
    expect(await names({}, 'name')).toEqual(['A', 'b', 'C', 'ä'])
    expect(await names({}, 'expires')).toEqual(['C', 'b', 'A', 'ä'])
    expect(await names({}, 'lastUsed')).toEqual(['ä', 'A', 'C', 'b'])
    expect(await names({}, 'created')).toEqual(['b', 'A', 'ä', 'C'])
    for (const sort of ['name', 'expires', 'lastUsed', 'created'])
      expect(await names({}, `-${sort}`)).toEqual((await names({}, sort)).toReversed())
  })

  test.each(sortTexts)('%s: no key is skipped or doubled, also where many are alike', async (sort) => {
    for (let n = 0; n < 23; n++)
      await generated(
        ann,
        {
          name: n < 12 ? 'Same' : `Key ${n}`,
          serviceUser: { name: `User ${n % 3}` },
          expiresAt: n % 2 ? null : later(day),
        },
        start,
      )
    await owner`update service_key_uses set last_used_at = '2026-03-01T09:00:00.123456Z', last_used_from = '::1',
      last_user_agent = 'x' where organization_id = ${organizationId} and hashtext(key_id) % 2 = 0`
    const all = await walk(sort, 50)
    expect(new Set(all).size).toBe(23)
    for (const limit of [1, 4, 23]) expect(await walk(sort, limit)).toEqual(all)
  })

  test.each(sortTexts)('%s: keys that come and go in between hide and double no other', async (sort) => {
    for (let n = 10; n < 30; n++)
      await generated(
        ann,
        { name: `Key ${n}`, serviceUser: { name: `User ${n % 3}` }, expiresAt: later(n * day) },
        start,
      )
    const before = await walk(sort, 50)
    const gone = before.filter((_, index) => index % 5 === 0)
    let round = 0
    const seen = await walk(sort, 3, async () => {
      await generated(ann, { name: `Key ${10 + 3 * round}b`, serviceUser: { name: `New ${round}` } }, start)
      await deleteKey({ keyId: gone[round++] ?? '' }, ann, start)
    })
    expect(new Set(seen).size).toBe(seen.length)
    const kept = before.filter((id) => !gone.includes(id))
    expect(seen.filter((id) => kept.includes(id))).toEqual(kept)
  })
})

test('a pasted key is found by its digest, and so is a former one and a deleted one', async () => {
  const { keyId, secretId, key, masked, serviceUser } = await generated(ann, {}, start)
  const found = { keyId, name: 'Billing sync', serviceUser, state: 'active', masked, isCurrent: true }
  expect(await findByDigest(organizationId, digestOf(key), start)).toEqual({ ...found, acceptedUntil: null })
  await rotate({ keyId, secretId, overlapHours: 1 }, ann, later(1))
  await disable({ keyId }, ann, later(2))
  expect(await findByDigest(organizationId, digestOf(key), later(3))).toEqual({
    ...found,
    state: 'disabled',
    isCurrent: false,
    acceptedUntil: later(hour + 1).toISOString(),
  })
  await deleteKey({ keyId }, ann, later(4))
  expect(await findByDigest(organizationId, digestOf(key), later(5))).toMatchObject({ state: 'deleted' })
  expect(await findByDigest(organizationId, digestOf(`${key}x`), start)).toBeNull()
})

test('service users are found by a part of their name, with their live keys', async () => {
  for (let n = 0; n < 3; n++) await generated(ann, { expiresAt: n ? null : later(day) }, start)
  for (let n = 10; n < 35; n++) await generated(ann, { serviceUser: { name: `Node ${n}` } }, start)
  const [billing] = await searchServiceUsers(organizationId, 'ILLI', later(day - 1))
  expect(billing).toMatchObject({ name: 'Billing', liveKeys: 3 })
  expect(await searchServiceUsers(organizationId, 'illi', later(day))).toMatchObject([{ liveKeys: 2 }])
  expect(await findServiceUserName(organizationId, billing?.id ?? '')).toBe('Billing')
  const nodes = await searchServiceUsers(organizationId, 'node', start)
  expect(nodes.map(({ name }) => name)).toEqual(Array.from({ length: 20 }, (_, n) => `Node ${10 + n}`))
  expect(await searchServiceUsers(organizationId, '', start)).toHaveLength(20)
  expect(await searchServiceUsers(organizationId, '%', start)).toEqual([])
})
