import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { addKeyUse, toldOrganization } from '@/lib/notices/testing/organization'
import { issue } from './issue'
import { listKeys } from './list'

const { owner } = await testDatabase()
const start = new Date('2026-03-01T10:00:00Z')
const daysLater = (days: number) => new Date(start.getTime() + days * 86_400_000)

test('a key is listed with its last use, and how many addresses used it within seven days', async () => {
  const { organizationId, admin } = await toldOrganization(owner, { name: 'Acme' })
  const issued = await issue({}, admin, start)
  if (!issued.ok) throw new Error(issued.reason)
  const listed = async () => (await listKeys(organizationId, daysLater(10))).keys
  expect(await listed()).toMatchObject([{ lastUsedAt: null, lastUsedFrom: null, addressesIn7Days: 0 }])

  const uses = { '198.51.100.1': 3, '198.51.100.2': 3.1, '198.51.100.3': 9 }
  for (const [address, days] of Object.entries(uses))
    await addKeyUse(owner, { organizationId, keyId: issued.value.keyId, at: daysLater(days), address })
  expect(await listed()).toMatchObject([
    { lastUsedAt: daysLater(9).toISOString(), lastUsedFrom: '198.51.100.3', addressesIn7Days: 2 },
  ])
})
