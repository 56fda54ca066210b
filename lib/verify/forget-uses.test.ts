import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { forgetUses, usesKeptDays } from './forget-uses'

const { owner } = await testDatabase()
const now = new Date()
const use = (key: string, address: string, days: number) =>
  owner`insert into key_uses values (${key}, 'org_1', ${address}, 'curl', ${new Date(now.getTime() - days * 86_400_000)})`
const uses = async () =>
  (await owner`select key_id, address from key_uses order by 1, 2`).map(
    (row) => `${row.key_id} ${row.address}`,
  )

test('old uses are forgotten, but never the last one of a key', async () => {
  await use('used', '192.0.2.1', 1)
  await use('used', '192.0.2.2', usesKeptDays + 1)
  await use('used', '192.0.2.3', usesKeptDays - 1)
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) await use('old', address, usesKeptDays + 2)
  await use('older', '192.0.2.9', 2 * usesKeptDays)
  expect(await forgetUses(now, { batch: 2 })).toBe(2)
  expect(await forgetUses(now, { batch: 2 })).toBe(1)
  expect(await forgetUses(now, { batch: 2 })).toBe(0)
  expect(await uses()).toEqual(['old 192.0.2.3', 'older 192.0.2.9', 'used 192.0.2.1', 'used 192.0.2.3'])
})
