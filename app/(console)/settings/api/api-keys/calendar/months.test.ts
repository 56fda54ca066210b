import { expect, test } from 'vitest'
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { monthsOf } from './months'

const ends = (at: string, count = 1, last = at): CalendarEvent => ({
  kind: 'service-keys',
  at: new Date(at),
  last: new Date(last),
  count,
  name: count === 1 ? `Ends ${at}` : null,
})
const planned = (at: string): CalendarEvent => {
  const key = { madeAt: new Date('2026-11-01T00:00:00Z') }
  return { kind: 'replacement', at: new Date(at), key, acceptedUntil: new Date(Date.parse(at) + 1) }
}
const short = (events: CalendarEvent[], timeZone = 'UTC') =>
  monthsOf(events, timeZone).map(({ name, lines }) => [
    name,
    ...lines.map((line) => `${line.kind} ${line.at.getUTCDate()}${'count' in line ? ` ×${line.count}` : ''}`),
  ])

test('a moment stands in the month that the reader has then', () => {
  const newYear = [ends('2026-12-31T23:30:00Z')]
  expect(short(newYear)).toEqual([['December 2026', 'service-keys 31 ×1']])
  expect(monthsOf(newYear, 'Europe/Berlin').map(({ name }) => name)).toEqual(['January 2027'])
})

test('service keys that end on one day of the reader are one line, with the name of one alone', () => {
  const evening = [ends('2026-12-03T22:30:00Z', 2), ends('2026-12-04T01:00:00Z')]
  expect(short(evening)).toEqual([['December 2026', 'service-keys 3 ×2', 'service-keys 4 ×1']])
  const [month] = monthsOf(evening, 'America/New_York')
  expect(month?.lines).toEqual([ends('2026-12-03T22:30:00Z', 3, '2026-12-04T01:00:00Z')])
  expect(monthsOf([ends('2026-12-04T01:00:00Z')], 'UTC')[0]?.lines).toMatchObject([
    { name: 'Ends 2026-12-04T01:00:00Z' },
  ])
})

test('on more than four days of a month they are counted together', () => {
  const on = (days: number[]) => days.map((day) => ends(`2026-12-0${day}T10:00:00Z`))
  expect(short(on([1, 2, 3, 4]))[0]).toHaveLength(5)
  expect(short(on([1, 2, 3, 4, 5]))).toEqual([['December 2026', 'service-keys 1 ×5']])
})

test('planned replacements are dates while they are rare, and a number where they are a rhythm', () => {
  const rare = [planned('2026-12-03T10:00:00Z')]
  expect(short(rare)).toEqual([['December 2026', 'replacement 3']])
  const often = [...rare, planned('2026-12-09T10:00:00Z')]
  expect(short(often)).toEqual([['December 2026', 'replacements 3 ×2']])
})
