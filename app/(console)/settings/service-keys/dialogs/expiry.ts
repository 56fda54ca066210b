import { momentText } from '@/lib/moment-text'
import { readDate, readTime, readWallTime } from '@/lib/wall-time'

/** What stands in the two fields. `isHalf`: the date field holds a part of a date, which scripts read as empty. */
export type TypedExpiry = { date: string; isHalf: boolean; time: string; wantsSecond: boolean }

export const noExpiry: TypedExpiry = { date: '', isHalf: false, time: '', wantsSecond: false }

export type Expiry =
  | { kind: 'never' }
  | { kind: 'wrong'; field: 'date' | 'time'; words: string }
  /** `note`: what the clocks do then. `twice`: both moments that they show so. */
  | { kind: 'at'; at: Date; note: string | null; twice: readonly [Date, Date] | null }

/** The moment that was typed, in the reader's zone, or what is wrong with it. Pure. */
export function readExpiry(typed: TypedExpiry, timeZone: string, now: Date): Expiry {
  const time = typed.time.trim()
  if (typed.isHalf) return wrong('date', 'This is no whole date.')
  if (typed.date === '' && time === '') return { kind: 'never' }
  if (typed.date === '') return wrong('date', 'Enter a date too, or leave both blank.')
  const day = readDate(typed.date)
  if (!day) return wrong('date', 'There is no such date.')
  if (time === '') return wrong('time', 'Enter a time too, such as 18:00.')
  const clock = readTime(time)
  if (!clock) return wrong('time', `${time} is no time. Hours go from 00 to 23, minutes to 59: 18:00.`)

  const reading = readWallTime({ ...day, ...clock }, timeZone)
  const at = reading.kind === 'twice' ? (typed.wantsSecond ? reading.second : reading.first) : reading.at
  if (at <= now) return wrong('date', `This is in the past: ${momentText(at, timeZone)}.`)
  return {
    kind: 'at',
    at,
    note: noteOf(reading.kind, time),
    twice: reading.kind === 'twice' ? [reading.first, reading.second] : null,
  }
}

function wrong(field: 'date' | 'time', words: string): Expiry {
  return { kind: 'wrong', field, words }
}

function noteOf(kind: 'once' | 'skipped' | 'twice', time: string): string | null {
  if (kind === 'skipped') return `The clocks are set forward that night: there is no ${time}.`
  return kind === 'twice' ? `The clocks are set back that night: ${time} comes twice.` : null
}

/** A moment as the two fields show it. */
export function typedExpiry(at: Date, timeZone: string): TypedExpiry {
  const [date = '', time = ''] = at.toLocaleString('sv-SE', { timeZone }).split(' ')
  return { ...noExpiry, date, time: time.slice(0, 5) }
}
