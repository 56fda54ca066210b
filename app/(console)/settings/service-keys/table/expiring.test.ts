import { expect, test } from 'vitest'
import { daysLeftText, isExpiringSoon } from './expiring'

const now = '2026-03-10T12:00:00.000Z'
const after = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString()

test('a key that ends within 14 days ends soon, one that has ended does not', () => {
  expect([-1, 0, 1, 14 * 24, 14 * 24 + 1].map((hours) => isExpiringSoon(after(hours), now))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ])
})

test.each([
  [14 * 24, '14 days left'],
  [71.9, '2 days left'],
  [47.9, '47 hours left'],
  [2, '2 hours left'],
  [1.9, '1 hour left'],
  [0.1, 'Under 1 hour left'],
])('%d hours are %s', (hours, words) => expect(daysLeftText(after(hours), now)).toBe(words))
