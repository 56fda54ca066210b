import { BlockList, isIP } from 'node:net'
import { accessLevels } from '@/lib/keys/access-level'
import type { JudgedKey } from './oracle'

/** What the tables of service keys are made of: every interesting value of each kind. */
export const methods = [
  ...['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE'],
  ...['get', 'Post', 'GETX', ''],
  null,
]

export const rangeSets: readonly (readonly string[])[] = [
  [],
  ['0.0.0.0/0'],
  ['::/0'],
  ['0.0.0.0/0', '::/0'],
  ['10.0.0.0/8'],
  ['192.0.2.17/32'],
  ['192.0.2.16/30', '198.51.100.128/25'],
  ['2001:db8::/32'],
  ['2001:db8:0:1::/64', '10.1.0.0/16'],
  ['2001:db8::1/128'],
  ['::/96'],
  ['128.0.0.0/1', '8000::/1'],
]

/** As somebody may write them; some are no address at all. */
export const addresses = [
  ...['10.0.0.0', '10.255.255.255', '11.0.0.0', '9.255.255.255', '10.1.2.3', '10.2.2.3'],
  ...['192.0.2.15', '192.0.2.16', '192.0.2.17', '192.0.2.19', '192.0.2.20'],
  ...['198.51.100.127', '198.51.100.128', '127.255.255.255', '128.0.0.0', '0.0.0.0', '255.255.255.255'],
  ...['::ffff:10.1.2.3', '::FFFF:0A01:0203', '0:0:0:0:0:ffff:192.0.2.17', '::ffff:b00:0', '::10.1.2.3'],
  ...['2001:db8::1', '2001:DB8:0:0:0:0:0:1', '2001:db8:0:1::7', '2001:db8:0:2::7', '2001:db9::', '::', '::1'],
  ...[
    '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    'ffff::',
    '64:ff9b::a01:203',
  ],
  ...[
    '010.1.2.3',
    '10.1.2.03',
    '0x0a.1.2.3',
    '0xa010203',
    '167838211',
    '10.66051',
    '10.1.515',
    '10.1.2.3.',
    '10.1.2',
  ],
  ...[
    '2001:db8::1%eth0',
    'fe80::1%1',
    '10.1.2.3/32',
    '10.1.2.256',
    '2001:db8:::1',
    'localhost',
    'unknown',
    '',
  ],
]

export const start = Date.UTC(2026, 10, 23, 12)

/** Deadlines at and around `start`, alone and together. */
export const states: readonly (Omit<JudgedKey, 'accessLevel' | 'ranges'> & { name: string })[] = [
  { name: 'active', ...live() },
  { name: 'expiring', ...live(), expiresAt: start },
  { name: 'expired', ...live(), expiresAt: start - 1 },
  { name: 'disabled', ...live(), isDisabled: true },
  { name: 'disabled, expiring', ...live(), isDisabled: true, expiresAt: start },
  { name: 'former, overlap ends', ...live(), acceptedUntil: start },
  { name: 'former, disabled', ...live(), acceptedUntil: start, isDisabled: true },
  { name: 'former, both end', ...live(), acceptedUntil: start, expiresAt: start },
  { name: 'former, in overlap', ...live(), acceptedUntil: start + 3_600_000, expiresAt: start + 7_200_000 },
  { name: 'former, no overlap', ...live(), acceptedUntil: start - 86_400_000 },
  { name: 'deleted', ...live(), isDeleted: true },
  { name: 'deleted, expired', ...live(), isDeleted: true, expiresAt: start - 1, isDisabled: true },
]

export const moments = [start - 1, start, start + 1]

export const levels = accessLevels

/** Node's own opinion of a canonical address. To Node, `::/0` holds IPv4 too: each family is asked by itself. */
export function blockListHas(ranges: readonly string[], address: string): boolean {
  const list = new BlockList()
  const family = isIP(address)
  const name = family === 4 ? 'ipv4' : 'ipv6'
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/')
    if (isIP(network) === family) list.addSubnet(network, Number(prefix), name)
  }
  return list.check(address, name)
}

function live() {
  return { expiresAt: null, acceptedUntil: null, isDisabled: false, isDeleted: false }
}
