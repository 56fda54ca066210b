import { rawSql } from '@/db/client'
import type { RequestFilter } from './inputs'
import { matching } from './matching'
import { type Outcome, outcomeOf, outcomes } from './outcome'

export type Counts = Record<Outcome, number>

/** Calls by hour, or by UTC day where the time is longer than 48 hours, oldest first and without a gap. */
export type CallCounts = {
  unit: 'hour' | 'day'
  /** `at` is the beginning, ISO 8601 in UTC. */
  bars: { at: string; counts: Counts }[]
  totals: Counts
}

const hour = 3_600_000
const longestByHour = 48 * hour
/** A range could ask for a million empty days. Of a log that is kept for longer, the last ones are drawn. */
const mostBars = 400

type Counted = { moment: number; status: number; calls: number }

/** Counts what `searchRequests` finds by the same filter. */
export async function countCalls(
  organizationId: string,
  filter: RequestFilter,
  now = new Date(),
): Promise<CallCounts> {
  const sql = rawSql()
  const unit = unitOf(filter, now)
  // Written out: a parameter would be read anew for every row.
  const width = unit === 'hour' ? sql`interval '1 hour'` : sql`interval '1 day'`
  const rows = await sql<Counted[]>`
    select (extract(epoch from bar) * 1000)::float8 as moment, status, calls::int
    from (
      select date_bin(${width}, at, 'epoch') as bar, status, count(*) as calls
      from requests where ${matching(sql, organizationId, filter)} group by 1, 2
    ) as counted`
  return barsOf(rows, filter, now)
}

/** The bars for what was counted, with the empty ones between. Pure. */
export function barsOf(
  rows: readonly Counted[],
  filter: Pick<RequestFilter, 'from' | 'to'>,
  now: Date,
): CallCounts {
  const unit = unitOf(filter, now)
  const width = unit === 'hour' ? hour : 24 * hour
  const counted = new Map<number, Counts>()
  const totals = nothing()
  for (const { moment, status, calls } of rows) {
    const counts = counted.get(moment) ?? nothing()
    counts[outcomeOf(status)] += calls
    totals[outcomeOf(status)] += calls
    counted.set(moment, counts)
  }
  const end = endOf(filter, now)
  const last = Math.max(Math.ceil(end / width) * width - width, ...counted.keys())
  const first = Math.min(filter.from?.getTime() ?? end, last, ...counted.keys())
  const start = Math.max(Math.floor(first / width) * width, last - (mostBars - 1) * width)
  const bars: CallCounts['bars'] = []
  for (let at = start; at <= last; at += width)
    bars.push({ at: new Date(at).toISOString(), counts: counted.get(at) ?? nothing() })
  return { unit, bars, totals }
}

export const sumOf = (counts: Counts): number => outcomes.reduce((sum, outcome) => sum + counts[outcome], 0)

const nothing = (): Counts => ({ ok: 0, denied: 0, invalid: 0, error: 0 })

function unitOf(filter: Pick<RequestFilter, 'from' | 'to'>, now: Date): CallCounts['unit'] {
  const { from } = filter
  return from !== undefined && endOf(filter, now) - from.getTime() <= longestByHour ? 'hour' : 'day'
}

/** Nothing is logged in the future. */
function endOf({ to }: Pick<RequestFilter, 'to'>, now: Date): number {
  return Math.min(to?.getTime() ?? now.getTime(), now.getTime())
}
