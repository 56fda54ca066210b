import type { Counts } from '@/lib/requests/calls-per-hour'
import { outcomeNames, outcomes } from '@/lib/requests/outcome'

/** What each pattern stands for, in the order in which the bars are stacked, with the number of it. */
export function Legend({ totals }: { totals: Counts }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
      {outcomes.map((outcome) => (
        <li key={outcome} className="flex items-center gap-1.5">
          <svg aria-hidden="true" className="size-3 rounded-xs">
            <rect width="100%" height="100%" fill={`url(#calls-${outcome})`} />
          </svg>
          <span>{outcomeNames[outcome]}</span>
          <span className="text-muted tabular-nums">{totals[outcome].toLocaleString('en-GB')}</span>
        </li>
      ))}
    </ul>
  )
}
