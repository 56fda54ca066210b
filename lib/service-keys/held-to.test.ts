import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabase } from '@/db/testing/setup'
import {
  day,
  deleteServiceKey,
  insertKey,
  insertOrganization,
  insertServiceKey,
  replaceServiceKeySecret,
  setServiceKeyDisabled,
  type TestServiceKeyFacts,
} from '@/lib/verify/testing/rows'
import { heldTo } from './held-to'

const { owner } = await testDatabase()
const own = await insertOrganization(owner)
const now = new Date()
const later = (days: number) => new Date(now.getTime() + days * day)
const everything = { accessLevel: 'full' as const, allowedRanges: [], expiresAt: null }
const little = { accessLevel: 'read' as const, allowedRanges: ['10.0.0.1/32'], expiresAt: later(0.5) }

function asked(
  key: { id: string; text: string; exp?: Date },
  wanted: typeof everything | typeof little,
  at = now,
  organizationId = own,
) {
  const digest = createHash('sha256').update(key.text).digest('base64')
  const guard = heldTo({ id: key.id, organizationId, digest, exp: key.exp ?? null }, at)
  return db().transaction((tx) => guard({ ...wanted, allowedRanges: [...wanted.allowedRanges] }, tx))
}

const keyWith = (facts: TestServiceKeyFacts = {}) => insertServiceKey(owner, own, facts)
const refused = { ok: false, reason: 'no-longer-accepted' }

test('what counts is what the key has by now, whatever it had when it was let in', async () => {
  const key = await keyWith()
  expect(await asked(key, everything)).toBeNull()
  await owner`update service_keys set access_level = 'read', changed_at = now() where id = ${key.id}`
  expect(await asked(key, everything)).toMatchObject({ details: { exceeds: ['access-level'] } })
  expect(await asked(key, little)).toBeNull()
})

test('a key that is disabled, deleted or expired by now grants nothing', async () => {
  const disabled = await keyWith()
  await setServiceKeyDisabled(owner, disabled, new Date())
  const deleted = await keyWith()
  await deleteServiceKey(owner, deleted)
  const expiring = await keyWith({ expiresAt: later(1) })
  for (const key of [disabled, deleted]) expect(await asked(key, little)).toMatchObject(refused)
  expect(await asked(expiring, little, new Date(later(1).getTime() - 1))).toBeNull()
  expect(await asked(expiring, little, later(1))).toMatchObject(refused)
})

test('a former secret grants nothing beyond its overlap, and nothing at all after it', async () => {
  const key = await keyWith()
  await replaceServiceKeySecret(owner, key, now, later(1))
  expect(await asked(key, everything)).toMatchObject({
    details: { exceeds: ['end'], own: { expiresAt: later(1) } },
  })
  expect(await asked(key, little)).toBeNull()
  expect(await asked(key, little, later(1))).toMatchObject(refused)
})

test("the organization's own key may grant until its own end", async () => {
  const { id, apiKey } = await insertKey(owner, own, { expiresAt: later(1) })
  const key = { id, text: apiKey }
  expect(await asked(key, { ...everything, expiresAt: null })).toMatchObject({
    details: { exceeds: ['end'] },
  })
  expect(await asked(key, little)).toBeNull()
  expect(await asked(key, little, later(1))).toMatchObject(refused)
})

test('a Secret grants nothing beyond its own end, also where its key never ends any more', async () => {
  const other = await insertOrganization(owner)
  const { id, apiKey } = await insertKey(owner, other, { expiresAt: null })
  const key = { id, text: apiKey, exp: later(1) }
  expect(await asked(key, everything, now, other)).toMatchObject({
    details: { exceeds: ['end'], own: { expiresAt: later(1) } },
  })
  expect(await asked(key, little, now, other)).toBeNull()
  expect(await asked(key, little, later(1), other)).toMatchObject(refused)
})

test("another organization's key grants nothing here", async () => {
  const key = await insertServiceKey(owner, await insertOrganization(owner))
  expect(await asked(key, little)).toMatchObject(refused)
})
