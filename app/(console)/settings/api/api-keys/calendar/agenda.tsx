import { Moment, useReaderZone } from '@/components/ui/moment'
import { EventText } from './event-text'
import { markKindOf } from './mark-words'
import { Mark } from './marks'
import { isPlanned, type Line, lineId, type Month } from './months'

/** Everything that the calendar knows, month by month. */
export function Agenda({ months, now }: { months: readonly Month[]; now: Date }) {
  return (
    <div className="mt-3 divide-y divide-line @3xl:mt-4 @3xl:border-t @3xl:border-line">
      {months.map(({ name, lines }) => (
        <section key={name} className="py-2.5 @3xl:grid @3xl:grid-cols-[9rem_1fr]">
          <h4 className="font-medium">{name}</h4>
          <ul className="mt-1 space-y-1.5 @3xl:mt-0">
            {lines.map((line) => (
              <li key={lineId(line)} className="grid grid-cols-[1.25rem_1fr] gap-x-2.5">
                <span className="flex h-[1.375rem] items-center">
                  <Mark kind={markKindOf(line)} isPlanned={isPlanned(line)} />
                </span>
                <div className="@3xl:grid @3xl:grid-cols-[8.5rem_1fr] @3xl:gap-x-2.5">
                  <p className="text-muted tabular-nums">
                    <When line={line} now={now} />
                  </p>
                  <div className="min-w-0 [overflow-wrap:anywhere]">
                    <EventText line={line} now={now} />
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function When({ line, now }: { line: Line; now: Date }) {
  if (line.at <= now) return line.kind === 'review' ? 'Overdue' : 'Any moment now'
  if ('last' in line && line.last > line.at) return <Days first={line.at} last={line.last} />
  const day = <Moment at={line.at.toISOString()} form="day" />
  if (line.kind === 'review') return day
  return (
    <>
      {day}, <Moment at={line.at.toISOString()} form="time" />
    </>
  )
}

function Days({ first, last }: { first: Date; last: Date }) {
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone: useReaderZone() ?? 'UTC' })
  const [from, to] = [first, last].map((at) => <Moment key={at.getTime()} at={at.toISOString()} form="day" />)
  return date.format(first) === date.format(last) ? (
    from
  ) : (
    <>
      {from} – {to}
    </>
  )
}
