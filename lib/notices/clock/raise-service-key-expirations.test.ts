import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import {
  addServiceKeyUse,
  noticesOf,
  type Told,
  toldOrganization,
  untilNone,
} from '@/lib/notices/testing/organization'
import { day, hour, momentsOf } from '@/lib/notices/testing/sweeps'
import { deleteKey } from '@/lib/service-keys/delete'
import { disable } from '@/lib/service-keys/disable'
import { generated } from '@/lib/service-keys/testing/service-keys'
import { raiseServiceKeyExpirations } from './raise-service-key-expirations'

const { owner } = await testDatabase()
const made = new Date('2026-03-01T10:00:00Z')
const end = new Date('2026-03-30T18:00:00Z')
const afterEnd = (milliseconds: number) => new Date(end.getTime() + milliseconds)
let count = 0

async function keyOf({ organizationId, admin }: Told) {
  const { keyId } = await generated(
    admin,
    { name: 'Till', serviceUser: { name: 'Tills' }, expiresAt: end },
    made,
  )
  await addServiceKeyUse(owner, { organizationId, keyId, at: made })
  return keyId
}

const organization = () => toldOrganization(owner, { name: `Org ${++count}` })
const sweep = (now: Date) => untilNone(() => raiseServiceKeyExpirations(now))

test('a key that expired is told of once, from the moment on at which it is refused, whatever the clock does', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await sweep(afterEnd(-1))
  expect(await noticesOf(owner, keyId)).toEqual([])
  for (const at of momentsOf(end, afterEnd(2 * day), 3 * hour)) {
    await Promise.all([sweep(at), sweep(at), sweep(at)])
    await sweep(new Date(at.getTime() - 2 * hour))
  }
  expect(await noticesOf(owner, keyId)).toMatchObject([
    { kind: 'service-key-expired', occasion: 'expired', recipients: [place.told.userId] },
  ])
})

test('a key that was disabled or deleted before its end is not told of', async () => {
  const place = await organization()
  const [disabled, deleted] = [await keyOf(place), await keyOf(place)]
  await disable({ keyId: disabled }, place.admin, afterEnd(-hour))
  await deleteKey({ keyId: deleted, typedName: 'Till' }, place.admin, afterEnd(-hour))
  await sweep(afterEnd(hour))
  expect([await noticesOf(owner, disabled), await noticesOf(owner, deleted)]).toEqual([[], []])
})

test('what expired more than seven days ago is no news', async () => {
  const keyId = await keyOf(await organization())
  await sweep(afterEnd(7 * day))
  expect(await noticesOf(owner, keyId)).toEqual([])
  await sweep(afterEnd(7 * day - 1))
  expect(await noticesOf(owner, keyId)).toHaveLength(1)
})

test('an organization that never used the API is not told', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await owner`update service_key_uses set last_used_at = null, last_used_from = null, last_user_agent = null
    where key_id = ${keyId}`
  await sweep(afterEnd(hour))
  expect(await noticesOf(owner, keyId)).toEqual([])
})
