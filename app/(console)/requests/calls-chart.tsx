import type { ReactNode } from 'react'
import { type CallCounts, countCalls, sumOf } from '@/lib/requests/calls-per-hour'
import type { RequestFilter } from '@/lib/requests/inputs'
import { Bars } from './bars'
import { CallsTable } from './calls-table'
import { Legend } from './legend'
import { orTooSlow } from './too-slow'

type Props = { organizationId: string; filter: RequestFilter; now: Date }

/** How many calls of each outcome, hour by hour, as a picture and as a table. */
export async function CallsChart({ organizationId, filter, now }: Props) {
  const counts = await orTooSlow(countCalls(organizationId, filter, now))
  if (counts === 'too-slow') {
    return <Frame title="Calls">There are too many calls to count in time.</Frame>
  }
  const total = sumOf(counts.totals)
  if (total === 0) return null
  const title = counts.unit === 'hour' ? 'Calls per hour' : 'Calls per day'
  return (
    <Frame title={title} total={`${total.toLocaleString('en-GB')} ${total === 1 ? 'call' : 'calls'} in all`}>
      <Legend totals={counts.totals} />
      <Bars counts={counts} label={labelOf(title, counts)} />
      <CallsTable title={title} counts={counts} />
    </Frame>
  )
}

/** Stands in the chart's place, as high as it, while it is being counted. */
export function CallsPending() {
  return (
    <Frame title="Calls">
      <p className="flex h-64 items-center text-muted">Counting…</p>
    </Frame>
  )
}

function Frame({ title, total, children }: { title: string; total?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-xl border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base font-semibold">{title}</h2>
        {total && <p className="text-muted tabular-nums">{total}</p>}
      </div>
      {children}
    </section>
  )
}

function labelOf(title: string, { totals }: CallCounts): string {
  return `${title} by outcome, ${sumOf(totals)} in all. The table below has the numbers.`
}
