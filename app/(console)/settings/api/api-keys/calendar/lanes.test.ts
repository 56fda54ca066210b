import { expect, test } from 'vitest'
import { type CalendarEvent, calendar } from '@/lib/organization-keys/calendar'
import { scheduledExpiry } from '@/lib/organization-keys/lifecycle'
import { axisOf } from './axis'
import { marksOf } from './lanes'

const now = new Date('2026-11-21T18:00:00Z')
const axis = axisOf(now, 'Europe/Berlin')
const end = (at: string): CalendarEvent => ({
  kind: 'end',
  at: new Date(at),
  key: { masked: at },
  reminders: [],
})
const monthAt = (share: number) => axis.months.findIndex(({ from, to }) => share >= from && share < to)
const replacementsOfYear = (days: number) =>
  calendar(
    [
      {
        masked: 'kt_org_…1111',
        createdAt: now,
        expirationRestoredAt: null,
        expiresAt: scheduledExpiry(now, days),
        replaceBy: null,
        revokedAt: null,
        acceptedUntil: null,
        deletedAt: null,
        lastUsedAt: null,
        expirationReviewOn: null,
      },
    ],
    days,
    [],
    now,
  ).filter(({ kind }) => kind === 'replacement')

for (const slots of [10, 30, 45])
  for (const days of [1, 2, 7, 13, 14, 30, 365])
    test(`every ${days} days on ${slots} slots: each mark is in its month and clear of the next one, and none is lost`, () => {
      const events = replacementsOfYear(days)
      const marks = marksOf(events, axis, slots)
      expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(events.length)
      let free = 0
      for (const { share, first, last, count } of marks) {
        const month = monthAt(share)
        expect([monthAt(axis.shareOf(first)), monthAt(axis.shareOf(last))]).toEqual([month, month])
        const room = (axis.months[month]?.to ?? 0) - (axis.months[month]?.from ?? 0)
        const half = Math.min((count === 1 ? 0.5 : 1) / slots, room / 2)
        expect(share - half).toBeGreaterThanOrEqual(free - 1e-9)
        free = share + half
      }
      expect(free).toBeLessThanOrEqual(1 + 1e-9)
    })

test('the shorter the interval, the fewer marks and the larger their numbers', () => {
  const counts = (days: number) => marksOf(replacementsOfYear(days), axis, 30).map(({ count }) => count)
  expect(counts(365)).toEqual([1])
  expect(counts(30)).toEqual(Array.from({ length: 24 }, () => 1))
  expect(counts(7).slice(0, 3)).toEqual([2, 9, 9])
  expect(counts(1).slice(0, 3)).toEqual([18, 62, 62])
})

test('two that are near stand side by side while each covers its moment, nearer ones are a number', () => {
  const last = end('2027-03-31T12:00:00Z')
  const near = marksOf([end('2027-03-16T12:00:00Z'), last], axis, 30)
  expect(near.map(({ count }) => count)).toEqual([1, 1])
  expect((near[1]?.share ?? 0) - (near[0]?.share ?? 0)).toBeCloseTo(1 / 30)
  expect(near.map(({ share }) => axis.months[monthAt(share)]?.name)).toEqual(['Mar', 'Mar'])
  for (const { first, share } of near) expect(Math.abs(share - axis.shareOf(first))).toBeLessThan(0.5 / 30)
  const nearer = end('2027-03-23T12:00:00Z')
  expect(marksOf([nearer, last], axis, 30)).toMatchObject([{ count: 2, first: nearer.at, last: last.at }])
})

test('what has room stands where it happens', () => {
  const [early, late] = [end('2027-03-10T12:00:00Z'), end('2027-03-24T12:00:00Z')]
  expect(marksOf([early, late], axis, 30).map(({ share }) => share)).toEqual(
    [early, late].map(({ at }) => axis.shareOf(at)),
  )
})

test('several service keys of one day are a number even where there is room', () => {
  const keys = (count: number): CalendarEvent => {
    const [at, last] = [new Date('2027-03-10T12:00:00Z'), new Date('2027-03-10T20:00:00Z')]
    return { kind: 'service-keys', at, last, count, name: null }
  }
  expect(marksOf([keys(2)], axis, 30)).toMatchObject([{ count: 2, last: new Date('2027-03-10T20:00:00Z') }])
  expect(marksOf([keys(1)], axis, 30)).toMatchObject([{ count: 1 }])
})

test('one mark is planned where all that it counts is', () => {
  const events = replacementsOfYear(2)
  expect(marksOf(events, axis, 30).map(({ isPlanned }) => isPlanned)).toEqual([
    false,
    ...Array.from({ length: 12 }, () => true),
  ])
})
