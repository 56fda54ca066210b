import { readWallTime, type WallTime, wallTimeAt } from '@/lib/wall-time'

/** Service keys are spoken of daily on the day of their end and on the 14 before. */
export const daysAhead = 14
const morningHour = 9

export type LocalDay = {
  /** `2026-03-29` */
  date: string
  /** When clocks there show nine; the first time where they show it twice, after the jump where they leave it out. */
  morning: Date
  /** The end of the 14th day after it: a key that ends before is spoken of. */
  windowEnds: Date
}

/** The day that clocks in a zone show. A day that a zone leaves out is none, and one of 23 or 25 hours is one. Pure. */
export function localDayAt(now: Date, timeZone: string): LocalDay {
  const { year, month, day } = wallTimeAt(now, timeZone)
  return {
    date: new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10),
    morning: momentOf({ year, month, day, hour: morningHour, minute: 0 }, timeZone),
    windowEnds: momentOf(midnightAfter({ year, month, day }, daysAhead), timeZone),
  }
}

function midnightAfter(
  { year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>,
  days: number,
): WallTime {
  const next = new Date(Date.UTC(year, month - 1, day + days + 1))
  return {
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
    hour: 0,
    minute: 0,
  }
}

function momentOf(wall: WallTime, timeZone: string): Date {
  const reading = readWallTime(wall, timeZone)
  return reading.kind === 'twice' ? reading.first : reading.at
}
