import { expect, test } from 'vitest'
import { base64Length, effectiveMediaLimit } from './limit'

const forGood = { mediaLimitBytes: 5, temporaryMediaLimitBytes: null, temporaryMediaLimitEndsAt: null }
const until1000 = { mediaLimitBytes: 5, temporaryMediaLimitBytes: 9, temporaryMediaLimitEndsAt: 1_000 }

test('a temporary limit holds until its last millisecond and falls back at its end', () => {
  expect(effectiveMediaLimit(until1000, 999)).toBe(9)
  expect(effectiveMediaLimit(until1000, 1_000)).toBe(5)
})

test('a temporary limit may also be the smaller one', () => {
  expect(effectiveMediaLimit({ ...until1000, mediaLimitBytes: 20 }, 0)).toBe(9)
})

test('a limit without an end stays', () => {
  expect(effectiveMediaLimit(forGood, Number.MAX_SAFE_INTEGER)).toBe(5)
})

test('Base64 takes four characters for every three bytes begun', () => {
  for (const bytes of [0, 1, 2, 3, 4, 5, 6, 5_242_880])
    expect([bytes, base64Length(bytes)]).toEqual([bytes, Buffer.alloc(bytes).toString('base64').length])
})
