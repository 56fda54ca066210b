import { expect, test } from 'vitest'
import { readForm } from '@/lib/requests/form'
import { localText, sentText } from './range-text'

const now = new Date('2026-03-10T12:00:00Z')

test.each([
  ['2026-03-10T12:00:00.000Z', '2026-03-10T12:00'],
  ['2026-03-10T12:00:07.000Z', '2026-03-10T12:00:07'],
  ['2026-03-10T12:00', '2026-03-10T12:00'],
  ['', ''],
  ['yesterday', ''],
  ['12026-03-10T12:00', ''],
  ['+012026-03-10T12:00:00.000Z', ''],
  ['-000001-03-10T12:00:00.000Z', ''],
])('%j stands in a field without a zone as %j', (asked, shown) => expect(localText(asked, null)).toBe(shown))

test("a moment in the reader's zone is sent as the same moment", () => {
  for (const asked of ['2026-03-10T12:00:00.000Z', '2026-07-10T23:59:59.000Z'])
    expect(sentText(localText(asked, "the process's own"))).toBe(asked)
})

test.each(['12026-03-10T12:00', '275760-03-10T12:00'])('the year of %s is refused by the server', (typed) => {
  const address = new URLSearchParams({ time: 'custom', from: sentText(typed) })
  expect(readForm(address, now).problems).toEqual({ from: 'Enter a date and a time.' })
})
