import { expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { deleteKey } from './delete'
import { disable } from './disable'
import { listServiceKeyEnds } from './ends'
import { day } from './lifecycle'
import { fillServiceKeys } from './testing/fill'
import { generated } from './testing/service-keys'

const { owner } = await testDatabase()
const start = new Date('2026-03-01T00:00:00Z')
const dayN = (days: number) => new Date(start.getTime() + days * day)
const organizationId = await createOrganization({ name: 'Northwind' })
const ann = await createMember(organizationId, { email: 'ann@example.com', role: 'developer' })
const keyEnding = (name: string, days: number) =>
  generated(ann, { name, serviceUser: { name }, expiresAt: dayN(days) }, start)

test('active keys that end are counted by day, and one alone is named', async () => {
  const elsewhere = await createMember(await createOrganization({ name: 'Contoso' }), {
    email: 'elsewhere@example.com',
    role: 'developer',
  })
  await generated(elsewhere, { name: 'Theirs', expiresAt: dayN(10) }, start)
  await keyEnding('Past', 1)
  await keyEnding('Alone', 10.5)
  await keyEnding('Morning', 20.25)
  await keyEnding('Evening', 20.75)
  await keyEnding('Far', 400)
  await generated(ann, { name: 'Never', expiresAt: null }, start)
  await disable({ keyId: (await keyEnding('Off', 20)).keyId }, ann, dayN(1))
  await deleteKey({ keyId: (await keyEnding('Gone', 20)).keyId, typedName: 'Gone' }, ann, dayN(1))

  expect(await listServiceKeyEnds(organizationId, dayN(2), dayN(367))).toEqual([
    { first: dayN(10.5), last: dayN(10.5), count: 1, name: 'Alone' },
    { first: dayN(20.25), last: dayN(20.75), count: 2, name: null },
  ])
})

test('of many thousands there is a row a day', async () => {
  const large = await createOrganization({ name: 'Large' })
  await fillServiceKeys(owner, large, { count: 20_000, now: start })
  const [active] = await owner`select count(*)::int from service_keys
    where organization_id = ${large} and disabled_at is null and expires_at > ${start} and expires_at <= ${dayN(365)}`
  const ends = await listServiceKeyEnds(large, start, dayN(365))
  expect(ends.length).toBeLessThanOrEqual(366)
  expect(ends.reduce((sum, { count }) => sum + count, 0)).toBe(active?.count)
})
