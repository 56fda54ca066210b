import { expect, test } from 'vitest'
import { ageText } from './age'

test.each([
  ['2026-11-20T12:00:00Z', 'just now'],
  ['2026-11-20T12:00:01Z', 'just now'],
  ['2026-11-20T11:59:00Z', '1 min ago'],
  ['2026-11-20T11:00:01Z', '59 min ago'],
  ['2026-11-20T11:00:00Z', '1 h ago'],
  ['2026-11-19T12:00:01Z', '23 h ago'],
  ['2026-11-19T12:00:00Z', '1 day ago'],
  ['2026-08-12T12:00:00Z', '100 days ago'],
])('%s was %s', (at, text) => {
  expect(ageText(at, '2026-11-20T12:00:00Z')).toBe(text)
})
