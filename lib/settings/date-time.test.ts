import { expect, test } from 'vitest'
import { dateTimeFormatName, dateTimeText, dateTimeTextOrNull } from './date-time'

const utc = { isoUtcFormat: true, timeZone: 'Europe/Berlin' }
const berlin = { isoUtcFormat: false, timeZone: 'Europe/Berlin' }

test('on: UTC with Z; off: the time zone of the organization, without suffix', () => {
  const moment = Date.UTC(2025, 10, 23, 12, 44, 11, 999)
  expect(dateTimeText(moment, utc)).toBe('2025-11-23T12:44:11Z')
  expect(dateTimeText(moment, berlin)).toBe('2025-11-23T13:44:11')
})

test.each([
  ['a second before summer begins', Date.UTC(2026, 2, 29, 0, 59, 59), '2026-03-29T01:59:59'],
  ['summer begins', Date.UTC(2026, 2, 29, 1, 0, 0), '2026-03-29T03:00:00'],
  ['a second before summer ends', Date.UTC(2026, 9, 25, 0, 59, 59), '2026-10-25T02:59:59'],
  ['summer ends', Date.UTC(2026, 9, 25, 1, 0, 0), '2026-10-25T02:00:00'],
  ['midnight is hour 00', Date.UTC(2026, 11, 31, 23, 0, 0), '2027-01-01T00:00:00'],
])('%s', (_, moment, text) => {
  expect(dateTimeText(moment, berlin)).toBe(text)
})

test('zones with quarters of an hour, and beyond the date line', () => {
  const moment = Date.UTC(2026, 0, 1, 12)
  expect(dateTimeText(moment, { isoUtcFormat: false, timeZone: 'Asia/Kathmandu' })).toBe(
    '2026-01-01T17:45:00',
  )
  expect(dateTimeText(moment, { isoUtcFormat: false, timeZone: 'Pacific/Kiritimati' })).toBe(
    '2026-01-02T02:00:00',
  )
})

test('no moment is null, and the format has a name', () => {
  expect(dateTimeTextOrNull(null, utc)).toBeNull()
  expect(dateTimeFormatName(utc)).toBe('iso-8601-utc')
  expect(dateTimeFormatName(berlin)).toBe('local;tz=Europe/Berlin')
})
