/** A moment of the address as a `datetime-local` field wants it, in the reader's zone; empty when it is none. */
export function localText(asked: string, zone: string | null): string {
  const moment = new Date(/T\d\d:\d\d(:\d\d)?$/.test(asked) ? `${asked}Z` : asked)
  if (Number.isNaN(moment.getTime())) return ''
  const offset = zone === null ? 0 : moment.getTimezoneOffset() * 60_000
  const text = new Date(moment.getTime() - offset).toISOString()
  const [, minute = '', second] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)/.exec(text) ?? []
  return second === ':00' ? minute : `${minute}${second ?? ''}`
}

/**
 * What is sent of the field's text: the moment in UTC. Browsers let people type years of six digits, which are no
 * moment to a script; the server says so then.
 */
export function sentText(shown: string): string {
  const moment = new Date(shown)
  return Number.isNaN(moment.getTime()) ? shown : moment.toISOString()
}
