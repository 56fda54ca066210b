import { expect, test } from 'vitest'
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { apart, axisOf, overlapsOf } from './axis'

const now = new Date('2026-11-21T18:00:00Z')

test('twelve months follow one another without a gap, whatever the zone', () => {
  for (const zone of [
    'UTC',
    'Europe/Berlin',
    'America/Asuncion',
    'Pacific/Kiritimati',
    'Australia/Lord_Howe',
  ]) {
    const { months } = axisOf(now, zone)
    expect(months.map(({ name }) => name).join(' ')).toBe('Dec Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov')
    for (const [index, { from, to }] of months.entries()) {
      expect(to).toBeGreaterThan(from)
      expect(to).toBe(months[index + 1]?.from ?? 1)
    }
  }
})

test('a year from a leap day on has twelve months too', () => {
  expect(axisOf(new Date('2028-02-29T12:00:00Z'), 'UTC').months).toHaveLength(12)
})

test('two keys are accepted from a replacement on, or from now on, until the old one ends', () => {
  const axis = axisOf(now, 'UTC')
  const at = (share: number) => new Date(now.getTime() + share * 365 * 86_400_000)
  const replacement = (masked: string, from: number, to: number): CalendarEvent[] => [
    { kind: 'replacement', at: at(from), key: { masked }, acceptedUntil: at(to) },
    { kind: 'end', at: at(to), key: { masked }, reminders: [] },
  ]
  const retiring: CalendarEvent = { kind: 'end', at: at(0.1), key: { masked: 'old' }, reminders: [] }
  const spans = (events: CalendarEvent[]) =>
    overlapsOf(events, axis).map(({ from, to }) => [from.toFixed(2), to.toFixed(2)])
  expect(spans([retiring, ...replacement('a', 0.5, 0.6)])).toEqual([
    ['0.00', '0.10'],
    ['0.50', '0.60'],
  ])
  expect(spans([...replacement('a', 0.2, 0.4), ...replacement('b', 0.4, 0.6)])).toEqual([['0.20', '0.60']])
  expect(spans(replacement('a', 0.9, 1.4))).toEqual([['0.90', '1.00']])
})

test('marks that would cover one another stand side by side', () => {
  const shares = [0.2, 0.21, 0.5].map((share) => ({ share, width: 0.04 }))
  expect(apart(shares).map((share) => share.toFixed(2))).toEqual(['0.20', '0.24', '0.50'])
})
