import type { CSSProperties, ReactNode } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { type Axis, apart, overlapsOf, type Span } from './axis'
import { isPlanned, Mark, markKindOf, markKinds, markName } from './marks'
import { type Line, lineId, type Month } from './months'

type Props = { events: readonly CalendarEvent[]; months: readonly Month[]; axis: Axis }

const percent = (share: number) => `${share * 100}%`
const overlapLook =
  'bg-[repeating-linear-gradient(135deg,var(--accent)_0_2px,transparent_2px_5px)] bg-accent-soft'

/** The same as the list below in one look, where there is room for it; whoever hears the screen has the list. */
export function Strip({ events, months, axis }: Props) {
  const lines = months.flatMap((month) => month.lines)
  const ofKey = lines.filter(({ kind }) => kind !== 'service-keys')
  const above = ofKey.filter((line) => line.kind !== 'end')
  const below = ofKey.filter((line) => line.kind === 'end')
  const counts = serviceKeyCounts(events, axis)
  // Style that comes with the page's HTML is refused (lib/console/security-headers.ts); the browser itself may set it.
  const isPlaced = useHydrated()
  const placed = (style: CSSProperties) => (isPlaced ? style : undefined)
  return (
    <div aria-hidden className={`mt-3 hidden @3xl:block ${isPlaced ? '' : 'invisible'}`}>
      <div className="relative">
        {axis.months.map(({ name, from }) => (
          <div
            key={from}
            style={placed({ left: percent(from) })}
            className="absolute inset-y-0 border-l border-line pl-1.5 text-xs text-muted"
          >
            {name}
          </div>
        ))}
        <div className="space-y-1 pt-6 pb-1">
          {ofKey.length > 0 && (
            <>
              <Lane lines={above} axis={axis} />
              <div className="relative h-2 rounded-full bg-raised">
                {overlapsOf(events, axis).map((span) => (
                  <div
                    key={span.from}
                    style={placed({ left: percent(span.from), width: percent(span.to - span.from) })}
                    className={`absolute inset-y-0 rounded-full ${overlapLook}`}
                  />
                ))}
              </div>
              <Lane lines={below} axis={axis} />
            </>
          )}
          {counts.length > 0 && (
            <div className="relative h-6">
              {counts.map(({ from, to, count }) => (
                <At key={from} share={(from + to) / 2}>
                  <Mark kind="service-keys" count={count} />
                </At>
              ))}
            </div>
          )}
        </div>
      </div>
      <Legend lines={lines} />
    </div>
  )
}

function Lane({ lines, axis }: { lines: readonly Line[]; axis: Axis }) {
  if (lines.length === 0) return null
  const shares = apart(
    lines.map((line) => ({
      share: axis.shareOf(middleOf(line)),
      width: line.kind === 'replacements' ? 0.05 : 0.03,
    })),
  )
  return (
    <div className="relative h-6">
      {lines.map((line, index) => (
        <At key={lineId(line)} share={shares[index] ?? 0}>
          <Mark
            kind={markKindOf(line)}
            count={line.kind === 'replacements' ? line.count : undefined}
            isPlanned={isPlanned(line)}
          />
        </At>
      ))}
    </div>
  )
}

function At({ share, children }: { share: number; children: ReactNode }) {
  const left = `clamp(1.25rem, ${percent(share)}, 100% - 1.25rem)`
  return (
    <span style={useHydrated() ? { left } : undefined} className="absolute top-0.5 flex -translate-x-1/2">
      {children}
    </span>
  )
}

function middleOf(line: Line): Date {
  return 'last' in line ? new Date((line.at.getTime() + line.last.getTime()) / 2) : line.at
}

/** By the months of the strip; the running one reaches from its left edge to the first line. */
function serviceKeyCounts(events: readonly CalendarEvent[], { months, shareOf }: Axis) {
  const spans: Span[] = [{ from: 0, to: months[0]?.from ?? 1 }, ...months]
  return spans
    .map(({ from, to }) => ({
      from,
      to,
      count: events.reduce((sum, event) => {
        if (event.kind !== 'service-keys') return sum
        const share = shareOf(event.at)
        return share >= from && share < to ? sum + event.count : sum
      }, 0),
    }))
    .filter(({ count }) => count > 0)
}

function Legend({ lines }: { lines: readonly Line[] }) {
  const kinds = markKinds.filter((kind) => lines.some((line) => markKindOf(line) === kind))
  return (
    <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <Mark kind={kind} /> {markName(kind)}
        </li>
      ))}
      {kinds.includes('end') && (
        <li className="flex items-center gap-1.5">
          <span className={`h-2 w-6 rounded-full ${overlapLook}`} /> Both keys accepted
        </li>
      )}
      {lines.some(isPlanned) && (
        <li className="flex items-center gap-1.5">
          <span className="size-4 rounded-sm border border-dashed border-current" /> Planned
        </li>
      )}
    </ul>
  )
}
