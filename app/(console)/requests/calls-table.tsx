import { type CallCounts, sumOf } from '@/lib/requests/calls-per-hour'
import { outcomeNames, outcomes } from '@/lib/requests/outcome'
import { BarMoment } from './bar-time'

/** The numbers of the chart; newest first, like the list below it. */
export function CallsTable({ title, counts: { unit, bars } }: { title: string; counts: CallCounts }) {
  return (
    <details className="mt-1">
      <summary className="rounded py-1 font-medium text-accent">Show as table</summary>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
        tabIndex={0}
        aria-label={`${title}, as a table`}
        className="mt-2 max-h-80 overflow-auto"
      >
        <table className="w-full text-right tabular-nums">
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr>
              <th scope="col" className="py-1 pr-2 text-left font-medium">
                {unit === 'hour' ? 'Hour from' : 'Day (UTC)'}
              </th>
              {[...outcomes.map((outcome) => outcomeNames[outcome]), 'All'].map((name) => (
                <th key={name} scope="col" className="px-2 py-1 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {bars.toReversed().map(({ at, counts }) => (
              <tr key={at}>
                <th scope="row" className="py-1 pr-2 text-left font-normal whitespace-nowrap">
                  <BarMoment at={at} unit={unit} />
                </th>
                {[
                  ...outcomes.map((outcome) => [outcome, counts[outcome]] as const),
                  ['all', sumOf(counts)] as const,
                ].map(([name, calls]) => (
                  <td key={name} className="px-2 py-1">
                    {calls.toLocaleString('en-GB')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
