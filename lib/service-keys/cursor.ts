import { isStorable } from '@/lib/storable'
import { type Sort, type SortColumn, sortText } from './sort'

/**
 * The place of a key in a sorted list: what it is sorted by, as Postgres writes it (a time in UTC with microseconds,
 * `infinity`, or the name in small letters), and its id, which orders keys that are alike.
 */
export type Place = { value: string; id: string }

const longestValue = 400
const moment = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\+00$/

export function cursorText(sort: Sort, { value, id }: Place): string {
  return Buffer.from(`${sortText(sort)} ${id} ${value}`).toString('base64url')
}

/** The place that a cursor names in a list of that order; null for a text that was never one, or of another order. */
export function parseCursor(cursor: string, sort: Sort): Place | null {
  const [order, id = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const place = { id, value: rest.join(' ') }
  const isWhole = order === sortText(sort) && /^\w{1,64}$/.test(id) && isValue(sort.column, place.value)
  return isWhole && cursorText(sort, place) === cursor ? place : null
}

function isValue(column: SortColumn, value: string): boolean {
  if (column === 'name') return value.length > 0 && value.length <= longestValue && isStorable(value)
  if (column === 'expires' && value === 'infinity') return true
  return (column === 'lastUsed' && value === '-infinity') || isMoment(value)
}

/** No 31st of February, which JavaScript would take for the 3rd of March, and no year 0, which Postgres has not. */
function isMoment(text: string): boolean {
  const [, day, time] = moment.exec(text) ?? []
  const at = new Date(`${day}T${time}Z`)
  return at.getTime() >= 0 && at.toISOString() === `${day}T${time}.000Z`
}
