/** The next 12 months on a line from 0 to 1, in whole months of the reader's zone. Pure. */
import { type CalendarEvent, calendarEnd } from '@/lib/organization-keys/calendar'
import { readWallTime, wallTimeAt } from '@/lib/wall-time'

export type Axis = {
  shareOf: (at: Date) => number
  /** The 12 months themselves: from now until the calendar's end. */
  from: number
  to: number
  /** The months of the calendar that they touch, each of them whole. */
  months: { name: string; from: number; to: number }[]
}

export function axisOf(now: Date, timeZone: string): Axis {
  const end = calendarEnd(now)
  const starts = monthStarts(now, timeZone)
  const count = starts.findIndex((at) => at >= end)
  const [first, last] = [starts[0] ?? now, starts[count] ?? end]
  const shareOf = (at: Date) =>
    Math.min(1, Math.max(0, (at.getTime() - first.getTime()) / (last.getTime() - first.getTime())))
  const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone })
  const months = starts.slice(0, count).map((at, index) => ({
    name: name.format(at),
    from: shareOf(at),
    to: shareOf(starts[index + 1] ?? last),
  }))
  return { shareOf, from: shareOf(now), to: shareOf(end), months }
}

/** The first moments of the running month and of the next ones, to beyond a year from now. */
function monthStarts(now: Date, timeZone: string): Date[] {
  const { year, month } = wallTimeAt(now, timeZone)
  return Array.from({ length: 15 }, (_, index) => {
    const months = month - 1 + index
    const first = { year: year + Math.floor(months / 12), month: (months % 12) + 1, day: 1 }
    const reading = readWallTime({ ...first, hour: 0, minute: 0 }, timeZone)
    return reading.kind === 'twice' ? reading.first : reading.at
  })
}

export type Span = { from: number; to: number }

/** When two keys are accepted: from a replacement, or from now on, until the old one ends. Overlaps that touch are one. */
export function overlapsOf(events: readonly CalendarEvent[], { shareOf, from, to }: Axis): Span[] {
  const coming = events.filter((event) => event.kind === 'replacement')
  const isComing = (masked: string) => coming.some(({ key }) => 'masked' in key && key.masked === masked)
  const spans = events.flatMap((event): Span[] => {
    if (event.kind === 'replacement')
      return [{ from: shareOf(event.at), to: Math.min(to, shareOf(event.acceptedUntil)) }]
    return event.kind === 'end' && !isComing(event.key.masked) ? [{ from, to: shareOf(event.at) }] : []
  })
  const joined: Span[] = []
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const before = joined.at(-1)
    if (before && span.from <= before.to) before.to = Math.max(before.to, span.to)
    else joined.push({ ...span })
  }
  return joined
}
