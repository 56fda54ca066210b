import type { UserActor } from '@/lib/auth/actor'
import { day } from '@/lib/service-keys/lifecycle'
import { type DemoKey, serviceKey } from './service-keys'

type People = { admin: UserActor; developer: UserActor }
export type CallingKeys = { billing: string; warehouse: string; crm: string; staging: string; status: string }

const office = ['198.51.100.0/24', '2001:db8:42::/48']
const cities = [
  'Hamburg',
  'Bremen',
  'Kiel',
  'Lübeck',
  'Rostock',
  'Berlin',
  'Leipzig',
  'Dresden',
  'Köln',
  'Essen',
]

/** Service keys in every state, oldest first; answers the ids of those that call. */
export async function northwindServiceKeys({ admin, developer }: People, now: Date): Promise<CallingKeys> {
  const ago = (days: number) => new Date(now.getTime() - days * day)
  const call = (days: number, from: string, userAgent: string) => ({ at: ago(days), from, with: userAgent })
  const anywhere = { allowedRanges: [] as string[], expiresAt: null }
  const key = (facts: Pick<DemoKey, 'name' | 'serviceUser' | 'accessLevel' | 'at'> & Partial<DemoKey>) =>
    serviceKey({ by: developer, ...anywhere, ...facts })

  await key({
    name: 'Backfill of last year',
    serviceUser: 'Data warehouse',
    accessLevel: 'read',
    at: ago(395),
    expiresAt: ago(35),
    used: call(36.2, '198.51.100.87', 'dbt/1.8'),
    refused: { ...call(34.9, '198.51.100.87', 'dbt/1.8'), code: 'EXPIRED' },
  })
  await key({
    name: 'Partner portal, first version',
    serviceUser: 'Partner portal',
    accessLevel: 'full',
    at: ago(310),
    by: admin,
    used: call(121, '203.0.113.51', 'portal/1.0'),
  })
  const crm = await key({
    name: 'CRM export',
    serviceUser: 'CRM export',
    accessLevel: 'read',
    at: ago(260),
    allowedRanges: ['198.51.100.61/32', '203.0.113.0/24'],
    used: call(0.09, '198.51.100.61', 'crm-export/2.0'),
    refused: { ...call(0.4, '192.0.2.77', 'crm-export/2.0'), code: 'IP_DENIED' },
  })
  for (const [n, city] of cities.entries())
    await key({
      name: `Till ${String(n + 1).padStart(2, '0')}, ${city}`,
      serviceUser: 'Point of sale',
      accessLevel: 'read-write',
      at: ago(220 - 7 * n),
      allowedRanges: n % 3 === 0 ? [] : [`10.20.${n}.0/24`],
      expiresAt: n % 4 === 3 ? null : ago(-40 - 31 * n),
      ...(n === 9 ? {} : { used: call(0.02 + n ** 2 / 2, `10.20.${n}.14`, 'till/3.2') }),
    })
  const billing = await key({
    name: 'Billing sync',
    serviceUser: 'Billing',
    accessLevel: 'read-write',
    at: ago(160),
    by: admin,
    allowedRanges: office,
    expiresAt: ago(-205),
    rotatedAt: ago(1.1),
    used: call(0.001, '198.51.100.23', 'billing-sync/2.4'),
  })
  const staging = await key({
    name: 'Billing sync, staging',
    serviceUser: 'Billing',
    accessLevel: 'read',
    at: ago(158),
    allowedRanges: office,
    expiresAt: ago(-207),
    used: call(22, '198.51.100.90', 'billing-sync/2.5-rc1'),
    disabledAt: ago(20.2),
    refused: { ...call(0.3, '198.51.100.90', 'billing-sync/2.5-rc1'), code: 'DISABLED' },
  })
  const warehouse = await key({
    name: 'Nightly load',
    serviceUser: 'Data warehouse',
    accessLevel: 'read',
    at: ago(140),
    used: call(0.38, '198.51.100.87', 'dbt/1.9'),
  })
  await key({
    name: 'Webhook test',
    serviceUser: 'Webhook relay',
    accessLevel: 'full',
    at: ago(64),
    used: call(63, '203.0.113.90', 'curl/8.5.0'),
    deletedAt: ago(50),
  })
  await key({
    name: 'Partner portal',
    serviceUser: 'Partner portal',
    accessLevel: 'full',
    at: ago(81),
    by: admin,
    expiresAt: ago(-9),
    used: call(6.4, '203.0.113.51', 'portal/2.3'),
  })
  const status = await key({
    name: 'Status page',
    serviceUser: 'Status page',
    accessLevel: 'read',
    at: ago(44),
    used: call(0.004, '203.0.113.8', 'status/1.1'),
    refused: { ...call(2.9, '203.0.113.8', 'status/1.1'), code: 'INSUFFICIENT_ACCESS' },
  })
  await key({
    name: 'Chat bot',
    serviceUser: 'Chat bot',
    accessLevel: 'read',
    at: ago(0.06),
    expiresAt: ago(-90),
  })
  return { billing, warehouse, crm, staging, status }
}
