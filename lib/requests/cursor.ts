/**
 * The place of a row in the log. `at` has the microseconds that Postgres keeps and JavaScript does not,
 * `2025-11-23T12:44:11.123456Z`; the id orders rows of the same moment.
 */
export type Place = { at: string; id: string }

/** A column's moments as text with their microseconds, in SQL. */
export function exactAt(column: 'at' | 'created_at' | 'own.created_at' | 'notice.created_at'): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d{3}Z \w{1,64}$/

export function cursorText({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url')
}

/** The place that a cursor names, or null for a text that was never one. */
export function parseCursor(cursor: string): Place | null {
  const text = Buffer.from(cursor, 'base64url').toString()
  const milliseconds = form.exec(text)?.[1]
  if (milliseconds === undefined || !isMoment(`${milliseconds}Z`)) return null
  const [at = '', id = ''] = text.split(' ')
  return cursorText({ at, id }) === cursor ? { at, id } : null
}

/** No 31st of February, which JavaScript would take for the 3rd of March, and no year 0, which Postgres has not. */
function isMoment(text: string): boolean {
  const moment = new Date(text)
  return moment.getTime() >= 0 && moment.toISOString() === text
}
