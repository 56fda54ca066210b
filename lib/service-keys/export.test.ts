import { expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { exportServiceKeys } from './export'
import type { ServiceKeyFilter } from './filter'
import { day, hour } from './lifecycle'
import { rotate } from './rotate'
import { usualSort } from './sort'
import { fillServiceKeys } from './testing/fill'
import { generated } from './testing/service-keys'

const start = new Date('2026-03-01T10:00:00Z')
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)

const { owner } = await testDatabase()

async function all(organizationId: string, filter: ServiceKeyFilter = {}, now = start): Promise<string[]> {
  let text = ''
  for await (const piece of exportServiceKeys(organizationId, filter, usualSort, now)) text += piece
  return text.split('\r\n').slice(0, -1)
}

test('every column that an auditor sees, in UTC, with formulas defused and no text of a key', async () => {
  const organizationId = await createOrganization({ name: 'Org' })
  const ann = await createMember(organizationId, { email: 'a@example.com', name: '=Ann', role: 'developer' })
  const plain = await generated(ann, { name: '@SUM(1)' }, start)
  const made = await generated(
    ann,
    {
      name: 'a "b"',
      serviceUser: { name: '-cmd' },
      accessLevel: 'read-write',
      allowedRanges: ['10.0.0.0/8', '::1/128'],
      expiresAt: later(day),
    },
    later(1),
  )
  await owner`update service_key_uses set last_used_at = ${later(2)}, last_used_from = '::1', last_user_agent = '+x',
    refused_at = ${later(3)}, refused_from = '10.1.1.1', refused_user_agent = 'curl/8', refused_code = 'IP_DENIED'
    where key_id = ${made.keyId}`
  const rotated = await rotate({ keyId: made.keyId, secretId: made.secretId, overlapHours: 1 }, ann, later(4))
  if (!rotated.ok) throw new Error(rotated.reason)
  const at = (milliseconds: number) => later(milliseconds).toISOString()
  const lines = await all(organizationId, {}, later(5))
  expect(lines).toEqual([
    'Name,Service user,Service user ID,Key,Key ID,Access level,Allowed IPs,State,Expires,Last used,Last used from,' +
      'Last used with,Last refused,Reason,Last refused from,Last refused with,Created,Created by,Old secret accepted until',
    `"a ""b""",'-cmd,${made.serviceUser.id},${rotated.value.masked},${made.keyId},Read and write,10.0.0.0/8 ::1/128,` +
      `Active,${at(day)},${at(2)},::1,'+x,${at(3)},IP_DENIED,10.1.1.1,curl/8,${at(1)},'=Ann,${at(hour + 4)}`,
    `'@SUM(1),Billing,${plain.serviceUser.id},${plain.masked},${plain.keyId},Full,Any,` +
      `Active,Never,Never,,,Never,,,,${at(0)},'=Ann,`,
  ])
  for (const text of [made.key, rotated.value.key, plain.key])
    expect(lines.join()).not.toContain(text.slice(12, 40))
})

test('page after page, every key that matches once, and none of another organization', async () => {
  const organizationId = await createOrganization({ name: 'Many' })
  await fillServiceKeys(owner, organizationId, { count: 2_500, now: start })
  const ids = (await all(organizationId)).slice(1).map((line) => line.split(',')[4])
  expect([ids.length, new Set(ids).size]).toEqual([2_500, 2_500])
  const readers = (await all(organizationId, { accessLevel: 'read' })).slice(1)
  expect(readers).toHaveLength(834)
  expect(readers.every((line) => line.split(',')[5] === 'Read')).toBe(true)
  expect(await all(await createOrganization({ name: 'Other' }))).toHaveLength(1)
})
