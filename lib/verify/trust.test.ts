import { expect, test } from 'vitest'
import { trustOf } from './trust'

const limits = { currentForMs: 3_000, staleAfterMs: 60_000 }

test('nothing is believed before the first confirmation', () => {
  expect(trustOf({ confirmedAt: null, connected: true }, 0, limits)).toBe('stale')
})

test('what is confirmed and connected is current, until the heartbeats stay away', () => {
  expect(trustOf({ confirmedAt: 1_000, connected: true }, 4_000, limits)).toBe('current')
  expect(trustOf({ confirmedAt: 1_000, connected: true }, 4_001, limits)).toBe('fresh')
})

test('a lost connection is noticed at once, and believed until the budget is used up', () => {
  expect(trustOf({ confirmedAt: 1_000, connected: false }, 1_000, limits)).toBe('fresh')
  expect(trustOf({ confirmedAt: 1_000, connected: false }, 61_000, limits)).toBe('fresh')
  expect(trustOf({ confirmedAt: 1_000, connected: false }, 61_001, limits)).toBe('stale')
})
