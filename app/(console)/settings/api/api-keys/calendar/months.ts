/** The calendar as it is listed: by month of the reader's zone, in few lines however much there is. Pure. */
import { type CalendarEvent, inTime } from '@/lib/organization-keys/calendar'

type Ends = Extract<CalendarEvent, { kind: 'service-keys' }>

/** Replacements that come so often that they are only counted. */
export type Replacements = { kind: 'replacements'; at: Date; last: Date; count: number }

export type Line = CalendarEvent | Replacements

export type Month = { name: string; lines: Line[] }

/** Tells it from all others of a calendar. */
export function lineId(line: Line): string {
  const key = 'key' in line && 'masked' in line.key ? line.key.masked : ''
  return `${line.kind} ${line.at.getTime()} ${key}`
}

/** Whether it is about a key that is still to be made. */
export function isPlanned(line: Line): boolean {
  return line.kind === 'replacements' || ('key' in line && 'madeAt' in line.key)
}

/** Of more days than these in a month, what ends on them is counted together. */
const mostDays = 4

export function monthsOf(events: readonly CalendarEvent[], timeZone: string): Month[] {
  const monthName = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone })
  const dayName = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone })
  return [...groupedBy(events, ({ at }) => monthName.format(at))].map(([name, inMonth]) => ({
    name,
    lines: [
      ...withRareReplacements(inMonth.filter(({ kind }) => kind !== 'service-keys')),
      ...serviceKeyLines(inMonth.filter(isEnds), ({ at }) => dayName.format(at)),
    ].sort(inTime),
  }))
}

/** More than one planned replacement in a month is a rhythm, and no date that anybody looks up. */
function withRareReplacements(events: readonly CalendarEvent[]): Line[] {
  const planned = events.filter((event) => event.kind === 'replacement' && isPlanned(event))
  const [first, last] = [planned[0], planned.at(-1)]
  if (!first || !last || planned.length === 1) return [...events]
  const counted: Replacements = {
    kind: 'replacements',
    at: first.at,
    last: last.at,
    count: planned.length,
  }
  return [...events.filter((event) => !isPlanned(event)), counted]
}

function serviceKeyLines(ends: readonly Ends[], dayOf: (each: Ends) => string): Ends[] {
  const days = [...groupedBy(ends, dayOf).values()].flatMap(together)
  return days.length > mostDays ? together(days) : days
}

function together(ends: readonly Ends[]): Ends[] {
  const [first] = ends
  if (!first) return []
  const last = new Date(Math.max(...ends.map((each) => each.last.getTime())))
  const count = ends.reduce((sum, each) => sum + each.count, 0)
  return [{ ...first, last, count, name: count === 1 ? first.name : null }]
}

function groupedBy<T>(all: readonly T[], nameOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of all) groups.set(nameOf(each), [...(groups.get(nameOf(each)) ?? []), each])
  return groups
}

function isEnds(event: CalendarEvent): event is Ends {
  return event.kind === 'service-keys'
}
