import { isIP, SocketAddress } from 'node:net'
import { expect, test } from 'vitest'
import { seeded } from '@/lib/verify/testing/seeded'
import { addressOf, bitsOf, canonicalAddress, familyOf } from './ip-address'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:C000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:c000:201', '192.0.2.1'],
  ['::ffff:0:0', '0.0.0.0'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::0001', '2001:db8::1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
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
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '00.0.0.1',
  '1.2.3.4\n',
  ' 1.2.3.4',
  '１.2.3.4',
  '1.2.3.4:80',
  '[::1]',
  'fe80::1%eth0',
  '1::2::3',
  ':::',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4::5:6:7:8',
  ':1:2:3:4:5:6:7',
  '12345::',
  '::1.2.3.4:1',
  '1.2.3.4::',
  '::1.2.3',
  '::ffff:010.0.0.1',
  'g::',
  'localhost',
  '',
])('%j is no address', (text) => {
  expect(canonicalAddress(text)).toBeNull()
})

test('what is an address, and how it is written, is what Node says', () => {
  const next = seeded(4)
  const part = () => ['0', '1', '9', '10', '00', '99', '127', '255', '256', '', 'a'][next(11)] ?? ''
  const group = () => ['0', '0', '0', '1', 'ffff', 'FFFF', '00db', '12345', '', 'a0', 'g'][next(11)] ?? ''
  const joined = (count: number, make: () => string, by: string) =>
    Array.from({ length: count }, make).join(by)
  let addresses = 0
  for (let i = 0; i < 200_000; i++) {
    const ipv4 = joined(4 - (next(20) === 0 ? 1 : 0), part, '.')
    const groups = joined(next(6) + 3, group, ':')
    const text =
      [ipv4, groups, groups.replace(/(:0)+:/, '::'), `${groups}:${ipv4}`, `::ffff:${ipv4}`][next(5)] ?? ''
    const family = isIP(text)
    const expected =
      family === 0
        ? null
        : new SocketAddress({ address: text, family: family === 4 ? 'ipv4' : 'ipv6' }).address.replace(
            /^::ffff:(?=\d+\.)/,
            '',
          )
    if (family !== 0) addresses++
    if (canonicalAddress(text) !== expected) expect([text, canonicalAddress(text)]).toEqual([text, expected])
  }
  expect(addresses).toBeGreaterThan(10_000)
})

test('bits and text are one and the same address', () => {
  for (const address of [
    '0.0.0.0',
    '192.0.2.1',
    '255.255.255.255',
    '::',
    '::1',
    '::10.0.0.1',
    '2001:db8::ff00:0',
  ])
    expect(addressOf(bitsOf(address), familyOf(address))).toBe(address)
})
