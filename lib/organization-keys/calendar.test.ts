import { expect, test } from 'vitest'
import { type CalendarEvent, type CalendarKey, calendar, calendarEnd } from './calendar'
import { day } from './lifecycle'
import { replaceByInterval } from './schedule'

const created = new Date('2026-01-01T00:00:00Z')
const dayN = (days: number) => new Date(created.getTime() + days * day)
const key = (facts: Partial<CalendarKey> = {}): CalendarKey => ({
  masked: 'kt_org_…1111',
  createdAt: created,
  expirationRestoredAt: null,
  expiresAt: dayN(365),
  replaceBy: null,
  revokedAt: null,
  acceptedUntil: null,
  deletedAt: null,
  lastUsedAt: null,
  expirationReviewOn: null,
  ...facts,
})
const short = ({ kind, at, ...more }: CalendarEvent) => [
  kind,
  (at.getTime() - created.getTime()) / day,
  'key' in more && 'madeAt' in more.key ? 'planned' : 'known',
]
const coming = (keys: CalendarKey[], days: number, now: Date) => calendar(keys, days, [], now).map(short)

test('a key is replaced 30 days before its expiry, on which it ends', () => {
  expect(coming([key()], 365, dayN(1))).toEqual([
    ['replacement', 335, 'known'],
    ['end', 365, 'known'],
  ])
})

test('what the schedule does to the keys that it is to make is planned', () => {
  expect(coming([key({ expiresAt: dayN(90) })], 180, dayN(0))).toEqual([
    ['replacement', 60, 'known'],
    ['end', 90, 'known'],
    ['replacement', 210, 'planned'],
    ['replacement', 360, 'planned'],
  ])
})

test('at all times of the calendar a key is accepted', () => {
  for (const days of [1, 2, 7, 29, 45, 60, 61, 90, 364, 365]) {
    const current = key({ replaceBy: replaceByInterval(key(), days) })
    const now = dayN(3)
    let ends = current.expiresAt?.getTime() ?? 0
    for (const event of calendar([current], days, [], now)) {
      if (event.kind !== 'replacement') continue
      expect(event.at.getTime()).toBeLessThan(ends)
      expect(event.acceptedUntil.getTime()).toBeGreaterThan(event.at.getTime())
      expect(event.acceptedUntil.getTime()).toBeLessThanOrEqual(ends)
      ends = event.at.getTime() + days * day
    }
    expect(ends).toBeGreaterThanOrEqual(calendarEnd(now).getTime())
  }
})

test('what happens within a second is told in one order', () => {
  const retiring = key({ revokedAt: dayN(31), acceptedUntil: dayN(60) })
  const current = key({ expiresAt: new Date(dayN(90).getTime() + 400) })
  const kinds = coming([retiring, current], 365, dayN(50)).map(([kind]) => kind)
  expect(kinds).toEqual(['replacement', 'end', 'end', 'replacement'])
})

test('a replacement that is overdue comes now, and the next ones count from then', () => {
  const hurried = key({ replaceBy: replaceByInterval(key(), 90) })
  expect(coming([hurried], 90, dayN(100)).slice(0, 3)).toEqual([
    ['replacement', 100, 'known'],
    ['end', 130, 'known'],
    ['replacement', 160, 'planned'],
  ])
})

test('a replaced key ends with its grace, with reminders of it while it is in use', () => {
  const retiring = key({ revokedAt: dayN(10), acceptedUntil: dayN(40), lastUsedAt: dayN(11) })
  const remindersAt = (now: Date, facts: Partial<CalendarKey> = {}) =>
    calendar([{ ...retiring, ...facts }], 365, [], now).flatMap((event) =>
      event.kind === 'end' ? event.reminders : [],
    )
  expect(remindersAt(dayN(12))).toEqual([dayN(26), dayN(33), dayN(39)])
  expect(remindersAt(dayN(35))).toEqual([dayN(39)])
  expect(remindersAt(dayN(12), { lastUsedAt: dayN(10) })).toEqual([])
  expect(remindersAt(dayN(12), { acceptedUntil: dayN(20) })).toEqual([dayN(13), dayN(19)])
})

test('a key that never expires has at most a day on which that is looked at again', () => {
  const never = key({ expiresAt: null })
  expect(coming([never], 30, dayN(1))).toEqual([])
  const reviewed = { ...never, expirationReviewOn: '2026-02-01' }
  expect(coming([reviewed], 30, dayN(1))).toEqual([['review', 31.5, 'known']])
  expect(coming([reviewed], 30, dayN(100))).toEqual([['review', 100, 'known']])
})

test('nothing comes of keys that are over, nor later than in 12 months', () => {
  const revoked = key({ revokedAt: dayN(10), acceptedUntil: dayN(40) })
  expect(coming([revoked, key({ expiresAt: dayN(30) })], 365, dayN(50))).toEqual([])
  expect(coming([key()], 365, dayN(-10)).map(([kind]) => kind)).toEqual(['replacement'])
})

test('service keys stand among the others, in the order in which they end', () => {
  const ends = [
    { first: dayN(20), last: dayN(20), count: 1, name: 'Till' },
    { first: dayN(340), last: dayN(340.5), count: 7, name: null },
    { first: dayN(800), last: dayN(800), count: 1, name: 'Far' },
  ]
  expect(calendar([key()], 365, ends, dayN(1)).map(short)).toEqual([
    ['service-keys', 20, 'known'],
    ['replacement', 335, 'known'],
    ['service-keys', 340, 'known'],
    ['end', 365, 'known'],
  ])
})
