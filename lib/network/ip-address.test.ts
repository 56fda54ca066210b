import { expect, test } from 'vitest'
import { AddressRanges, canonicalAddress, parseRange } from './ip-address'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:C000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:c000:201', '192.0.2.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::0001', '2001:db8::1'],
  ['::', '::'],
  ['::1', '::1'],
])('%s is written %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical)
})

test.each([
  '010.0.0.1',
  '0x7f.0.0.1',
  '2130706433',
  '127.1',
  '256.0.0.1',
  '1.2.3.4.5',
  ' 1.2.3.4',
  '1.2.3.4:80',
  '[::1]',
  'fe80::1%eth0',
  '1::2::3',
  'localhost',
  '',
])('%j is no address', (text) => {
  expect(canonicalAddress(text)).toBeNull()
})

test.each([
  ['10.0.0.0/8', { address: '10.0.0.0', prefix: 8, family: 'ipv4' }],
  ['192.0.2.1', { address: '192.0.2.1', prefix: 32, family: 'ipv4' }],
  ['0.0.0.0/0', { address: '0.0.0.0', prefix: 0, family: 'ipv4' }],
  ['2001:db8::/32', { address: '2001:db8::', prefix: 32, family: 'ipv6' }],
  ['::/0', { address: '::', prefix: 0, family: 'ipv6' }],
  ['::ffff:10.0.0.0/104', { address: '10.0.0.0', prefix: 8, family: 'ipv4' }],
])('%s is a range', (text, range) => {
  expect(parseRange(text)).toEqual(range)
})

test.each([
  '10.0.0.1/8',
  '2001:db8::1/32',
  '::a00:1/96',
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/08',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0.0/',
  '10/8',
  '::ffff:10.0.0.0/8',
])('%s is no range', (text) => {
  expect(parseRange(text)).toBeNull()
})

test('a range holds its addresses and no others, however they are written', () => {
  const ranges = new AddressRanges(
    [parseRange('10.0.0.0/8'), parseRange('2001:db8::/32')].flatMap((r) => r ?? []),
  )
  for (const inside of ['10.255.0.1', '::ffff:10.1.2.3', '2001:db8:ffff::1'])
    expect(ranges.has(canonicalAddress(inside) ?? '')).toBe(true)
  for (const outside of ['11.0.0.0', '9.255.255.255', '2001:db9::1', '::10.1.2.3'])
    expect(ranges.has(canonicalAddress(outside) ?? '')).toBe(false)
  expect(new AddressRanges([]).has('10.0.0.1')).toBe(false)
})
