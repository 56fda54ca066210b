import { describe, expect, test } from 'vitest'
import { covers, includes, isEveryone, rangeProblemText, readRange, readRanges } from './ip-ranges'

test.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['  192.0.2.1\t', '192.0.2.1/32'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:0::/32', '2001:db8::/32'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['::/0', '::/0'],
  ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
  ['::ffff:a00:1', '10.0.0.1/32'],
  ['::ffff:0:0/96', '0.0.0.0/0'],
])('%j is the range %s', (text, range) => {
  expect(readRange(text)).toEqual({ ok: true, range })
})

test.each([
  ['', { rule: 'empty' }],
  ['10.0.0.0/8, 192.0.2.1', { rule: 'several' }],
  ['10.0.0.0 - 10.0.0.9', { rule: 'several' }],
  ['10.0.0.0 /8', { rule: 'several' }],
  ['fe80::1%eth0', { rule: 'zone' }],
  ['fe80::%eth0/64', { rule: 'zone' }],
  ['192.0.2.1:443', { rule: 'port' }],
  ['[2001:db8::1]:443', { rule: 'port' }],
  ['[2001:db8::]/32', { rule: 'port' }],
  ['010.0.0.0/8', { rule: 'octal' }],
  ['10.0.0.08', { rule: 'octal' }],
  ['0x0a.0.0.0/8', { rule: 'hex' }],
  ['0x7f000001', { rule: 'hex' }],
  ['127.1', { rule: 'short' }],
  ['10/8', { rule: 'short' }],
  ['192.168.', { rule: 'short' }],
  ['256.0.0.0/8', { rule: 'not-an-address' }],
  ['10.0.0.*', { rule: 'not-an-address' }],
  ['1.2.3.4.5', { rule: 'not-an-address' }],
  ['example.com', { rule: 'not-an-address' }],
  ['1::2::3', { rule: 'not-an-address' }],
  ['/8', { rule: 'not-an-address' }],
  ['10.0.0.0/', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/33', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/08', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/-1', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/8.0', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/255.0.0.0', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/8/8', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['10.0.0.0/1e1', { rule: 'bad-prefix', least: 0, most: 32 }],
  ['2001:db8::/129', { rule: 'bad-prefix', least: 0, most: 128 }],
  ['::ffff:10.0.0.0/8', { rule: 'bad-prefix', least: 96, most: 128 }],
  ['10.1.2.3/8', { rule: 'host-bits', meant: '10.0.0.0/8' }],
  ['192.0.2.1/0', { rule: 'host-bits', meant: '0.0.0.0/0' }],
  ['192.0.2.255/31', { rule: 'host-bits', meant: '192.0.2.254/31' }],
  ['::ffff:10.1.2.3/104', { rule: 'host-bits', meant: '10.0.0.0/8' }],
  ['2001:DB8::1/32', { rule: 'host-bits', meant: '2001:db8::/32' }],
  ['2001:db8:ffff::/33', { rule: 'host-bits', meant: '2001:db8:8000::/33' }],
])('%j is no range: %o', (text, problem) => {
  expect(readRange(text)).toEqual({ ok: false, problem })
})

test('the range that was meant is one, and holds the address that was written', () => {
  for (const text of ['10.1.2.3/8', '192.0.2.1/0', '2001:db8::1/32', '::ffff:10.1.2.3/104']) {
    const reading = readRange(text)
    const meant = !reading.ok && reading.problem.rule === 'host-bits' ? reading.problem.meant : ''
    expect(readRange(meant)).toEqual({ ok: true, range: meant })
    expect(includes([meant], text.split('/')[0] ?? '')).toBe(true)
  }
})

test('a problem is said in words, with the range that was meant', () => {
  expect(rangeProblemText({ rule: 'host-bits', meant: '10.0.0.0/8' })).toContain('10.0.0.0/8')
  expect(rangeProblemText({ rule: 'bad-prefix', least: 96, most: 128 })).toContain('from 96 to 128')
  for (const rule of ['zone', 'port', 'octal', 'hex', 'short', 'several', 'too-many'] as const)
    expect(rangeProblemText({ rule })).toMatch(/^[A-Z].*\.$/)
})

describe('lines', () => {
  test('hold one range each; blank ones and other spellings of a range count for nothing', () => {
    expect(readRanges('\n10.0.0.0/8\r\n::ffff:10.0.0.0/104\r  \n2001:DB8::/32\n2001:db8:0::/32\n')).toEqual({
      ranges: ['10.0.0.0/8', '2001:db8::/32'],
      problems: [],
    })
    expect(readRanges(' \n')).toEqual({ ranges: [], problems: [] })
  })

  test('that are wrong are named by their number, as they were written, beside those that are right', () => {
    expect(readRanges('10.0.0.0/8\n\n 10.0.0.1/8\nlocalhost')).toEqual({
      ranges: ['10.0.0.0/8'],
      problems: [
        { line: 3, text: '10.0.0.1/8', problem: { rule: 'host-bits', meant: '10.0.0.0/8' } },
        { line: 4, text: 'localhost', problem: { rule: 'not-an-address' } },
      ],
    })
  })

  const lines = (count: number) => Array.from({ length: count }, (_, i) => `10.0.${i}.0/24`)

  test('are at most 100; the one beyond is named once', () => {
    expect(readRanges(lines(100).join('\n')).problems).toEqual([])
    expect(readRanges([...lines(100), '10.0.7.0/24'].join('\n')).problems).toEqual([])
    const { ranges, problems } = readRanges(lines(103).join('\n'))
    expect(ranges).toHaveLength(100)
    expect(problems).toEqual([{ line: 101, text: '10.0.100.0/24', problem: { rule: 'too-many' } }])
    expect(readRanges('x\n'.repeat(5_000)).problems).toHaveLength(100)
  })
})

test.each([
  [[], [], true],
  [[], ['10.0.0.0/8'], true],
  [['10.0.0.0/8'], [], false],
  [['0.0.0.0/0'], [], false],
  [['0.0.0.0/0', '::/0'], [], true],
  [['10.0.0.0/8'], ['10.0.0.0/8'], true],
  [['10.0.0.0/8'], ['10.1.0.0/16', '10.2.3.4/32'], true],
  [['10.0.0.0/8'], ['10.1.0.0/16', '11.0.0.0/32'], false],
  [['10.0.0.0/8'], ['10.0.0.0/7'], false],
  [['10.128.0.0/9', '10.0.0.0/9'], ['10.0.0.0/8'], true],
  [['10.0.0.0/9', '10.128.0.0/10', '10.200.0.0/16'], ['10.0.0.0/8'], false],
  [['0.0.0.0/0'], ['::/0'], false],
  [['::/0'], ['10.0.0.0/8'], false],
  [['2001:db8::/32'], ['2001:db8:1::/48'], true],
  [['2001:db8::/33', '2001:db8:8000::/33'], ['2001:db8::/32'], true],
])('%j covers %j: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected)
})

test('everyone is /0, and only that', () => {
  const ranges = ['0.0.0.0/0', '::/0', '0.0.0.0/1', '10.0.0.0/8', '0.0.0.0/32', 'x']
  expect(ranges.filter(isEveryone)).toEqual(['0.0.0.0/0', '::/0'])
})

test('no range lets in any address; ranges let in what they hold, however it is written', () => {
  const ranges = ['10.0.0.0/8', '2001:db8::/32']
  expect(includes([], 'anything')).toBe(true)
  for (const inside of ['10.1.2.3', '::ffff:10.1.2.3', '2001:DB8::1'])
    expect(includes(ranges, inside)).toBe(true)
  for (const outside of ['11.0.0.1', '2001:db9::1', '010.1.2.3', '2001:db8::1%eth0', ''])
    expect(includes(ranges, outside)).toBe(false)
})
