import { BlockList, isIPv4 } from 'node:net'
import { expect, test } from 'vitest'
import { AddressRanges, parseRange } from './address-ranges'
import { canonicalAddress } from './ip-address'

const rangesOf = (texts: readonly string[]) =>
  new AddressRanges(texts.flatMap((text) => parseRange(text) ?? []))

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
  const ranges = rangesOf(['10.0.0.0/8', '2001:db8::/32'])
  for (const inside of ['10.255.0.1', '::ffff:10.1.2.3', '2001:db8:ffff::1'])
    expect(ranges.has(canonicalAddress(inside) ?? '')).toBe(true)
  for (const outside of ['11.0.0.0', '9.255.255.255', '2001:db9::1', '::10.1.2.3'])
    expect(ranges.has(canonicalAddress(outside) ?? '')).toBe(false)
  expect(new AddressRanges([]).has('10.0.0.1')).toBe(false)
})

test('a text that is no canonical address is in no range, not even in the one of everybody', () => {
  const everybody = rangesOf(['0.0.0.0/0', '::/0'])
  for (const text of ['::ffff:10.0.0.1', '2001:DB8::1', '010.0.0.1', 'fe80::1%eth0', 'unknown', ''])
    expect(everybody.has(text)).toBe(false)
})

test("edges of every prefix are as Node's own block list draws them", () => {
  for (const [base, width] of [
    ['172.16.213.77', 32],
    ['2001:db8:85a3:1234:5678:8a2e:370:7334', 128],
  ] as const) {
    const family = isIPv4(base) ? 'ipv4' : 'ipv6'
    for (let prefix = 0; prefix <= width; prefix++) {
      const second = new BlockList()
      second.addSubnet(base, prefix, family)
      const network = networkOf(base, prefix)
      const ranges = rangesOf([`${network}/${prefix}`])
      for (let bit = 0; bit < width; bit++) {
        const other = flipped(base, bit)
        expect([prefix, other, ranges.has(other)]).toEqual([prefix, other, second.check(other, family)])
      }
    }
  }
})

function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  return address.split(':').flatMap((group) => {
    const number = Number.parseInt(group, 16)
    return [number >> 8, number & 255]
  })
}

function textOf(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0))
  return canonicalAddress(groups.map((group) => group.toString(16)).join(':')) ?? ''
}

function networkOf(address: string, prefix: number): string {
  return textOf(
    bytesOf(address).map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * i))) & 255),
  )
}

function flipped(address: string, bit: number): string {
  return textOf(bytesOf(address).map((byte, i) => (i === bit >> 3 ? byte ^ (128 >> (bit & 7)) : byte)))
}
