export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Spans with something odd about their days: clocks that are changed, a leap day, a day that a zone leaves out. */
export const oddSpans: readonly [what: string, timeZone: string, from: string, to: string][] = [
  ['summer begins', 'Europe/Berlin', '2026-03-27', '2026-04-01'],
  ['summer ends', 'Europe/Berlin', '2026-10-23', '2026-10-28'],
  ['summer begins in half an hour', 'Australia/Lord_Howe', '2026-10-02', '2026-10-06'],
  ['summer ends by half an hour', 'Australia/Lord_Howe', '2026-04-03', '2026-04-07'],
  ['summer begins, half an hour beside all others', 'America/St_Johns', '2026-03-06', '2026-03-10'],
  ['clocks are set back a minute past midnight', 'America/St_Johns', '2010-11-05', '2010-11-09'],
  ['midnight is left out', 'America/Santiago', '2026-09-04', '2026-09-08'],
  ['eleven at night comes twice', 'America/Santiago', '2026-04-03', '2026-04-07'],
  ['midnight comes twice', 'America/Havana', '2026-10-30', '2026-11-03'],
  ['a whole day is left out', 'Pacific/Apia', '2011-12-27', '2012-01-03'],
  ['a leap day', 'Pacific/Kiritimati', '2028-02-26', '2028-03-03'],
  ['a leap day, a quarter of an hour beside', 'Asia/Kathmandu', '2028-02-26', '2028-03-03'],
  ['the last to have a day', 'Pacific/Pago_Pago', '2026-12-29', '2027-01-03'],
]

/** Moments from one to another, both in UTC; the same numbers each time. */
export function* momentsOf(from: Date | string, to: Date | string, everyMs: number): Generator<Date> {
  const end = new Date(to).getTime()
  for (let at = new Date(from).getTime(); at <= end; at += everyMs) yield new Date(at)
}

/** What a clock shows, `2026-03-29 09:00:00`, by another way than the code under test. */
export function shownBy(timeZone: string): (at: Date) => string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => clock.format(at)
}
