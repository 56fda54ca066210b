import type { CSSProperties } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { type Axis, overlapsOf } from './axis'
import { marksOf } from './lanes'
import { Legend, overlapLook } from './legend'
import { type MarkKind, markText } from './mark-words'
import { Mark } from './marks'

type Props = { events: readonly CalendarEvent[]; axis: Axis; timeZone: string }

/** Where the strip is shown at all, it is at least so wide that as many marks stand side by side. */
const slots = 30
const percent = (share: number) => `${share * 100}%`

/** The list below in one look, where there is room for it. */
export function Strip({ events, axis, timeZone }: Props) {
  const isOfKeys = events.some(({ kind }) => kind !== 'service-keys')
  // Style that comes with the page's HTML is refused (lib/console/security-headers.ts); the browser itself may set it.
  const isPlaced = useHydrated()
  const placed = (style: CSSProperties) => (isPlaced ? style : undefined)
  const lane = { events, axis, timeZone }
  return (
    <div className={`mt-3 hidden @3xl:block ${isPlaced ? '' : 'invisible'}`}>
      <div className="relative">
        {axis.months.map(({ name, from }) => (
          <div
            key={from}
            aria-hidden
            style={placed({ left: percent(from) })}
            className="absolute inset-y-0 border-l border-line pl-1.5 text-xs text-muted"
          >
            {name}
          </div>
        ))}
        <div className="space-y-1 pt-6 pb-1">
          {isOfKeys && (
            <>
              <Lane {...lane} kinds={['replacement', 'review']} />
              <div aria-hidden className="relative h-2">
                <div
                  style={placed({ left: percent(axis.from), width: percent(axis.to - axis.from) })}
                  className="absolute inset-y-0 rounded-full bg-raised"
                />
                {overlapsOf(events, axis).map(({ from, to }) => (
                  <div
                    key={from}
                    style={placed({ left: percent(from), width: percent(to - from) })}
                    className={`absolute inset-y-0 rounded-full ${overlapLook}`}
                  />
                ))}
              </div>
              <Lane {...lane} kinds={['end']} />
            </>
          )}
          <Lane {...lane} kinds={['service-keys']} />
        </div>
      </div>
      <Legend events={events} />
    </div>
  )
}

function Lane({ events, axis, timeZone, kinds }: Props & { kinds: MarkKind[] }) {
  const isPlaced = useHydrated()
  const marks = kinds.flatMap((kind) => {
    const ofKind = events.filter((event) => event.kind === kind)
    return marksOf(ofKind, axis, slots).map((mark) => ({ ...mark, kind }))
  })
  if (marks.length === 0) return null
  return (
    <div className="relative h-6">
      {marks.map(({ kind, ...mark }) => (
        <span
          key={`${kind} ${mark.share}`}
          role="img"
          aria-label={markText(kind, mark, timeZone)}
          title={markText(kind, mark, timeZone)}
          style={isPlaced ? { left: percent(mark.share) } : undefined}
          className="absolute top-0.5 flex -translate-x-1/2"
        >
          <Mark kind={kind} count={mark.count} isPlanned={mark.isPlanned} />
        </span>
      ))}
    </div>
  )
}
