import { expect, test } from 'vitest'
import { firstPauseMs, longestPauseMs, pauseAfter } from './mail-pause'

test('pauses double until they are an hour long, however often a mail was tried', () => {
  expect([1, 2, 3, 7].map(pauseAfter)).toEqual([30_000, 60_000, 120_000, 1_920_000])
  expect([8, 50, 5_000].map(pauseAfter)).toEqual([longestPauseMs, longestPauseMs, longestPauseMs])
  expect(pauseAfter(1)).toBe(firstPauseMs)
})
