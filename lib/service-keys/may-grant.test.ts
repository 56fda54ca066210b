import { expect, test } from 'vitest'
import { accessLevels } from '@/lib/keys/access-level'
import { type Excess, excessOf, type Grant } from './may-grant'

const end = new Date('2026-03-10T12:00:00.000Z')
const later = (milliseconds: number) => new Date(end.getTime() + milliseconds)
const everything: Grant = { accessLevel: 'full', allowedRanges: [], expiresAt: null }

test('a key may grant exactly what it has, whatever that is', () => {
  for (const accessLevel of accessLevels)
    for (const allowedRanges of [[], ['10.0.0.0/8'], ['2001:db8::/32', '203.0.113.7/32']])
      for (const expiresAt of [null, end]) {
        const own = { accessLevel, allowedRanges, expiresAt }
        expect([own, excessOf(own, own)]).toEqual([own, []])
        expect([own, excessOf(everything, own)]).toEqual([own, []])
      }
})

test.each<[string, Partial<Grant>, Partial<Grant>, Excess[]]>([
  ['a lower level', { accessLevel: 'read-write' }, { accessLevel: 'read' }, []],
  ['a higher level', { accessLevel: 'read-write' }, { accessLevel: 'full' }, ['access-level']],
  ['the level above the lowest', { accessLevel: 'read' }, { accessLevel: 'read-write' }, ['access-level']],
  ['a range inside', { allowedRanges: ['10.0.0.0/8'] }, { allowedRanges: ['10.1.0.0/16'] }, []],
  ['a range around', { allowedRanges: ['10.1.0.0/16'] }, { allowedRanges: ['10.0.0.0/8'] }, ['ranges']],
  [
    'one range inside and one outside',
    { allowedRanges: ['10.0.0.0/8'] },
    { allowedRanges: ['10.1.0.0/16', '192.0.2.0/24'] },
    ['ranges'],
  ],
  [
    'the range of the other family',
    { allowedRanges: ['0.0.0.0/0'] },
    { allowedRanges: ['::/0'] },
    ['ranges'],
  ],
  ['any address', { allowedRanges: ['10.0.0.0/8'] }, { allowedRanges: [] }, ['ranges']],
  ['an earlier end', { expiresAt: end }, { expiresAt: later(-1) }, []],
  ['a later end', { expiresAt: end }, { expiresAt: later(1) }, ['end']],
  ['no end', { expiresAt: end }, { expiresAt: null }, ['end']],
  [
    'more of everything',
    { accessLevel: 'read', allowedRanges: ['10.0.0.0/8'], expiresAt: end },
    everything,
    ['access-level', 'ranges', 'end'],
  ],
])('%s', (_, own, wanted, excess) => {
  expect(excessOf({ ...everything, ...own }, { ...everything, ...wanted })).toEqual(excess)
})
