import { useReaderZone } from '@/components/ui/moment'
import { calendar } from '@/lib/organization-keys/calendar'
import type { OrganizationKeysView } from '@/lib/organization-keys/view'
import type { ServiceKeyEnds } from '@/lib/service-keys/ends'
import { factsOf } from '../key-facts'
import { Agenda } from './agenda'
import { axisOf } from './axis'
import { monthsOf } from './months'
import { quietWords } from './quiet-words'
import { Strip } from './strip'

type Props = {
  view: OrganizationKeysView
  /** Null: not for this role. */
  serviceKeyEnds: readonly ServiceKeyEnds[] | null
}

/** What will happen to the organization's keys, derived from what is in the table above. */
export function Calendar({ view, serviceKeyEnds }: Props) {
  const zone = useReaderZone() ?? 'UTC'
  const now = new Date(view.now)
  const keys = view.keys.map(factsOf)
  const events = calendar(keys, view.replaceEveryDays, serviceKeyEnds ?? [], now)
  const months = monthsOf(events, zone)
  const quiet = quietWords(view.keys, events, serviceKeyEnds !== null)
  return (
    <section aria-labelledby="calendar" className="border-t border-line px-4 py-4 sm:px-5">
      <h3 id="calendar" className="font-semibold">
        Next 12 months
      </h3>
      {quiet && <p className="mt-0.5 text-muted">{quiet}</p>}
      {events.length > 0 && (
        <>
          <Strip events={events} axis={axisOf(now, zone)} timeZone={zone} />
          <Agenda months={months} now={now} />
        </>
      )}
    </section>
  )
}
