/** The 12 months as a line from 0 to 1, for marks in percent. Pure. */
import { type CalendarEvent, calendarEnd } from '@/lib/organization-keys/calendar'
import { readWallTime, wallTimeAt } from '@/lib/wall-time'

export type Axis = {
  shareOf: (at: Date) => number
  /** Where the months begin, after the one that is running. */
  months: { name: string; from: number; to: number }[]
}

export function axisOf(now: Date, timeZone: string): Axis {
  const end = calendarEnd(now).getTime()
  const shareOf = (at: Date) =>
    Math.min(1, Math.max(0, (at.getTime() - now.getTime()) / (end - now.getTime())))
  const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone })
  const starts = monthStarts(now, timeZone).filter((at) => at.getTime() < end)
  const months = starts.map((at, index) => ({
    name: name.format(at),
    from: shareOf(at),
    to: shareOf(starts[index + 1] ?? new Date(end)),
  }))
  return { shareOf, months }
}

/** The first moments of the 12 months after `now`. */
function monthStarts(now: Date, timeZone: string): Date[] {
  const { year, month } = wallTimeAt(now, timeZone)
  return Array.from({ length: 12 }, (_, index) => {
    const months = month + index
    const first = { year: year + Math.floor(months / 12), month: (months % 12) + 1, day: 1 }
    const reading = readWallTime({ ...first, hour: 0, minute: 0 }, timeZone)
    return reading.kind === 'twice' ? reading.first : reading.at
  })
}

export type Span = { from: number; to: number }

/** When two keys are accepted: from a replacement, or from now on, until the old one ends. Overlaps that touch are one. */
export function overlapsOf(events: readonly CalendarEvent[], { shareOf }: Axis): Span[] {
  const coming = events.filter((event) => event.kind === 'replacement')
  const isComing = (masked: string) => coming.some(({ key }) => 'masked' in key && key.masked === masked)
  const spans = events.flatMap((event): Span[] => {
    if (event.kind === 'replacement') return [{ from: shareOf(event.at), to: shareOf(event.acceptedUntil) }]
    return event.kind === 'end' && !isComing(event.key.masked) ? [{ from: 0, to: shareOf(event.at) }] : []
  })
  const joined: Span[] = []
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const before = joined.at(-1)
    if (before && span.from <= before.to) before.to = Math.max(before.to, span.to)
    else joined.push({ ...span })
  }
  return joined
}

/** Shares in their order, moved apart to the right where two marks would cover one another. */
export function apart(marks: readonly { share: number; width: number }[]): number[] {
  let free = 0
  return marks.map(({ share, width }) => {
    const placed = Math.max(share, free + width / 2)
    free = placed + width / 2
    return placed
  })
}
