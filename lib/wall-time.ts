/**
 * What a clock on the wall shows, and which moments that are in a zone: one, none where the clocks jump over it, two
 * where they are set back. Pure.
 */
export type WallTime = { year: number; month: number; day: number; hour: number; minute: number }

/** `date` as a date field holds it, `2026-03-29`. Null: there is no such day. */
export function readDate(text: string): Pick<WallTime, 'year' | 'month' | 'day'> | null {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return null
  const utc = new Date(Date.UTC(year, month - 1, day))
  // Years below 100 are others in JavaScript, and no key ends in them.
  return utc.getUTCFullYear() === year && utc.getUTCMonth() === month - 1 && utc.getUTCDate() === day
    ? { year, month, day }
    : null
}

/** A time as people type it: `18:30`, `9:05`, `9.05`, `0905`. Null: no clock shows that, such as `24:61`. */
export function readTime(text: string): Pick<WallTime, 'hour' | 'minute'> | null {
  const [, hours, minutes] = /^(\d{1,2})[:.](\d\d)$/.exec(text) ?? /^(\d\d)(\d\d)$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return null
  const [hour, minute] = [Number(hours), Number(minutes)]
  return hour <= 23 && minute <= 59 ? { hour, minute } : null
}

export type Reading =
  | { kind: 'once'; at: Date }
  /** The clocks jump over it; `at` is as long after the jump as it would have been without one. */
  | { kind: 'skipped'; at: Date }
  /** The clocks show it twice. */
  | { kind: 'twice'; first: Date; second: Date }

/** What a clock in `timeZone` shows at a moment. */
export function wallTimeAt(at: Date, timeZone: string): WallTime {
  const shown = new Date(at.getTime() + offsetAt(at.getTime(), clockOf(timeZone)))
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  }
}

/** Which moment a clock in `timeZone` means. */
export function readWallTime(wall: WallTime, timeZone: string): Reading {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute)
  // No zone is further than a day from UTC, and none changes its clocks twice in two days.
  const clock = clockOf(timeZone)
  const [before, after] = [offsetAt(asUtc - day, clock), offsetAt(asUtc + day, clock)]
  const [early, late] = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)]
  const found = [...new Set([early, late])].filter((at) => at + offsetAt(at, clock) === asUtc)
  const [first, second] = found.map((at) => new Date(at))
  if (first === undefined) return { kind: 'skipped', at: new Date(asUtc - before) }
  return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', first, second }
}

const day = 86_400_000

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Kept, because making one takes long. */
export function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  clocks.set(timeZone, clock)
  return clock
}

/** How far the clock is ahead of UTC then, in milliseconds. */
function offsetAt(at: number, clock: Intl.DateTimeFormat): number {
  const parts = clock.formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(at / 1_000) * 1_000
}
