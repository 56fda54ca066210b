import { expect, test } from 'vitest'
import { dateTimeText } from './date-time'
import { knownTimeZone } from './time-zone'

const winter = Date.UTC(2026, 0, 15, 12)
const summer = Date.UTC(2026, 6, 15, 12)

test('every zone that a browser offers is kept, and the API can write DateTimes in it', () => {
  for (const zone of [...Intl.supportedValuesOf('timeZone'), 'UTC']) {
    const kept = knownTimeZone(zone)
    if (kept === null) throw new Error(`${zone} is not known`)
    for (const moment of [winter, summer]) {
      const text = dateTimeText(moment, { isoUtcFormat: false, timeZone: kept })
      expect(text).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      expect(text).toBe(dateTimeText(moment, { isoUtcFormat: false, timeZone: zone }))
    }
  }
})

test('however it is written, a zone is kept under one name', () => {
  expect(knownTimeZone('europe/BERLIN')).toBe('Europe/Berlin')
  expect(knownTimeZone('Asia/Kolkata')).toBe(knownTimeZone('Asia/Calcutta'))
  expect(knownTimeZone('Etc/UTC')).toBe('UTC')
})

test.each(['', ' ', 'Berlin', 'Europe/Atlantis', '+05:00', '-0330', 'UTC+1', 'Europe/Berlin\n', '../etc'])(
  '%j is no zone',
  (name) => expect(knownTimeZone(name)).toBeNull(),
)
