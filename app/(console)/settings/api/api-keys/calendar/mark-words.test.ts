import { expect, test } from 'vitest'
import { markText } from './mark-words'

const mark = (first: string, last = first, facts = {}) => ({
  share: 0.5,
  first: new Date(first),
  last: new Date(last),
  count: 1,
  isPlanned: false,
  ...facts,
})

test('a mark is named by what happens, and on which day of the reader', () => {
  const lateInDecember = mark('2026-12-31T23:30:00Z')
  expect(markText('end', lateInDecember, 'UTC')).toBe('Old key ends, 31 Dec 2026')
  expect(markText('end', lateInDecember, 'Europe/Berlin')).toBe('Old key ends, 1 Jan 2027')
})

test('one that counts says what it counts, and from when to when', () => {
  const many = mark('2026-12-03T10:00:00Z', '2026-12-27T10:00:00Z', { count: 4, isPlanned: true })
  expect(markText('replacement', many, 'UTC')).toBe('4 keys replaced, 3 Dec 2026 to 27 Dec 2026, planned')
  const thousands = mark('2026-12-03T10:00:00Z', '2026-12-03T20:00:00Z', { count: 1200 })
  expect(markText('service-keys', thousands, 'UTC')).toBe('1,200 service keys expire, 3 Dec 2026')
})
