import { day } from '@/lib/worker/simulation/facts/world'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What a clock on the wall shows then: `2028-03-26` and the hour. */
export function wallClock(at: number, timeZone: string): { date: string; hour: number } {
  let clock = clocks.get(timeZone)
  if (!clock) {
    // The Swedish way to write it is ISO 8601.
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    clocks.set(timeZone, clock)
  }
  const [date = '', time = ''] = clock.format(at).split(' ')
  return { date, hour: Number(time.slice(0, 2)) }
}

/** How many leaves of the calendar are between two dates. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / day
}
