import { expect, test } from 'vitest'
import { bytesOfSize } from '@/lib/media/sizes'
import { amountOf, endFault, fullGrant, previewText, sizeFault } from './limit-plan'

const MiB = 1_048_576
const lasting = { bytes: 5 * MiB, endsAt: null, afterwardsBytes: 5 * MiB }
const temporary = { bytes: 20 * MiB, endsAt: '2026-11-30T17:00:00.000Z', afterwardsBytes: 5 * MiB }
const end = '30 Nov 2026, 18:00 CET'

test.each([
  ['20', 'MiB', 20_971_520],
  [' 7.5 ', 'KiB', 7_680],
  ['1000', 'bytes', 1_000],
  ['1.5', 'bytes', null],
  ['', 'bytes', null],
  ['-1', 'bytes', null],
  ['1e3', 'bytes', null],
  ['20 MiB', 'MiB', null],
] as const)('%j %s are %s bytes', (amount, unit, bytes) => {
  expect(bytesOfSize(amount, unit)).toBe(bytes)
})

test.each([
  [null, null, 'such as 20'],
  [0, null, 'from 1 byte to 100 MiB'],
  [100 * MiB + 1, null, 'from 1 byte to 100 MiB'],
  [20 * MiB, 20 * MiB, 'less than the 20 MiB'],
] as const)('%s below %s is refused', (bytes, below, words) => {
  expect(sizeFault(bytes, below)).toContain(words)
})

test('1 byte to 100 MiB, and less than what is asked for, are taken', () => {
  for (const [bytes, below] of [
    [1, null],
    [100 * MiB, null],
    [20 * MiB - 1, 20 * MiB],
  ] as const)
    expect(sizeFault(bytes, below)).toBeUndefined()
})

test.each([
  ['', false, undefined],
  ['2026-11-30T18:00', false, undefined],
  ['2026-11-20T11:59', false, 'in the future'],
  ['2026-11-20T12:00', false, 'in the future'],
  ['', true, 'or leave both out'],
  ['12026-11-30T18:00', false, 'or leave both out'],
] as const)('an end typed as %j, by half: %s, is never taken for none', (typed, isHalf, words) => {
  const fault = endFault(typed, isHalf, new Date('2026-11-20T12:00'))
  if (words === undefined) expect(fault).toBeUndefined()
  else expect(fault).toContain(words)
})

test('a size reads back as the same bytes', () => {
  for (const bytes of [1, 1_023, 1_024, 1_536, MiB, MiB + 1, 7.5 * MiB, 100 * MiB]) {
    const { amount, unit } = amountOf(bytes)
    expect(bytesOfSize(amount, unit)).toBe(bytes)
  }
})

test('the preview says what will be, and what comes after it', () => {
  expect(previewText(20 * MiB, null, lasting)).toBe('From now on the limit is 20 MiB.')
  expect(previewText(20 * MiB, end, lasting)).toBe(
    'From now until 30 Nov 2026, 18:00 CET the limit is 20 MiB; then 5 MiB again.',
  )
  expect(previewText(10 * MiB, null, temporary)).toBe(
    'From now on the limit is 10 MiB. That is less than the 20 MiB of now.',
  )
  expect(previewText(20 * MiB, null, temporary)).toBe('From now on the limit is 20 MiB.')
  expect(previewText(5 * MiB, null, lasting)).toBe('The limit already is 5 MiB, and stays so.')
})

test('granting in full never takes away from a limit that lasts', () => {
  expect(fullGrant(20 * MiB, lasting)).toBe(20 * MiB)
  expect(fullGrant(4 * MiB, lasting)).toBe(5 * MiB)
  expect(fullGrant(10 * MiB, temporary)).toBe(10 * MiB)
})
