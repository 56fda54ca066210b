import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { legendText, markKinds } from './mark-words'
import { Mark } from './marks'
import { isPlanned } from './months'

export const overlapLook =
  'bg-[repeating-linear-gradient(135deg,var(--accent)_0_2px,transparent_2px_5px)] bg-accent-soft'

/** What the strip is drawn with; its marks have names of their own. */
export function Legend({ events }: { events: readonly CalendarEvent[] }) {
  const kinds = markKinds.filter((kind) => events.some((event) => event.kind === kind))
  return (
    <ul aria-hidden className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <Mark kind={kind} /> {legendText(kind)}
        </li>
      ))}
      {kinds.includes('end') && (
        <li className="flex items-center gap-1.5">
          <span className={`h-2 w-6 rounded-full ${overlapLook}`} /> Both keys accepted
        </li>
      )}
      {events.some(isPlanned) && (
        <li className="flex items-center gap-1.5">
          <span className="size-4 rounded-sm border border-dashed border-current" /> Planned
        </li>
      )}
    </ul>
  )
}
