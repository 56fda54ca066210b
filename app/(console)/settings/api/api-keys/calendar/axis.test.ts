import { expect, test } from 'vitest'
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { axisOf, overlapsOf } from './axis'

const now = new Date('2026-11-21T18:00:00Z')

test('whole months follow one another without a gap, whatever the zone', () => {
  for (const zone of [
    'UTC',
    'Europe/Berlin',
    'America/Asuncion',
    'Pacific/Kiritimati',
    'Australia/Lord_Howe',
  ]) {
    const { months, from, to } = axisOf(now, zone)
    expect(months.map(({ name }) => name).join(' ')).toBe(
      'Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov',
    )
    expect(months[0]?.from).toBe(0)
    expect(from).toBeLessThan(months[0]?.to ?? 0)
    expect(to).toBeGreaterThan(months[12]?.from ?? 1)
    for (const [index, { from, to }] of months.entries()) {
      expect(to).toBeGreaterThan(from)
      expect(to).toBe(months[index + 1]?.from ?? 1)
    }
  }
})

test('from the first moment of a month on they are twelve, from a leap day on the last is the March in which it ends', () => {
  const namesFrom = (at: string) => axisOf(new Date(at), 'UTC').months.map(({ name }) => name)
  expect(namesFrom('2026-12-01T00:00:00Z')).toHaveLength(12)
  expect(namesFrom('2026-12-01T00:00:01Z')).toHaveLength(13)
  expect(namesFrom('2028-02-29T12:00:00Z').join(' ')).toMatch(/^Feb Mar .* Feb Mar$/)
})

test('two keys are accepted from a replacement on, or from now on, until the old one ends', () => {
  const axis = axisOf(now, 'UTC')
  const at = (share: number) => new Date(now.getTime() + share * 365 * 86_400_000)
  const replacement = (masked: string, from: number, to: number): CalendarEvent[] => [
    { kind: 'replacement', at: at(from), key: { masked }, acceptedUntil: at(to) },
    { kind: 'end', at: at(to), key: { masked }, reminders: [] },
  ]
  const retiring: CalendarEvent = { kind: 'end', at: at(0.1), key: { masked: 'old' }, reminders: [] }
  const year = axis.to - axis.from
  const spans = (events: CalendarEvent[]) =>
    overlapsOf(events, axis).map((span) =>
      [span.from, span.to].map((share) => ((share - axis.from) / year).toFixed(2)),
    )
  expect(spans([retiring, ...replacement('a', 0.5, 0.6)])).toEqual([
    ['0.00', '0.10'],
    ['0.50', '0.60'],
  ])
  expect(spans([...replacement('a', 0.2, 0.4), ...replacement('b', 0.4, 0.6)])).toEqual([['0.20', '0.60']])
  expect(spans(replacement('a', 0.9, 1.4))).toEqual([['0.90', '1.00']])
})
