'use client'

import { CircleCheck } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { useNow } from '@/components/ui/use-now'
import { dateTimeText } from '@/lib/settings/date-time'

type Props = { isoUtcFormat: boolean; timeZone: string; isSaved: boolean; now: number }

/** This moment in both forms, so that the difference is seen before the switch is turned. */
export function DateTimeExamples({ isoUtcFormat, timeZone, isSaved, now }: Props) {
  const moment = useNow(now)
  return (
    <dl className="mt-4 grid gap-3 sm:grid-cols-2">
      <Example
        name="On: UTC, with suffix Z"
        text={dateTimeText(moment, { isoUtcFormat: true, timeZone: 'UTC' })}
        isInForce={isoUtcFormat}
      />
      <Example
        name={`Off: ${timeZone}, without suffix`}
        note={isSaved ? null : 'Not saved yet'}
        text={inZone(moment, timeZone)}
        isInForce={!isoUtcFormat && isSaved}
      />
    </dl>
  )
}

function Example({
  name,
  note = null,
  text,
  isInForce,
}: {
  name: string
  note?: string | null
  text: string
  isInForce: boolean
}) {
  return (
    <div
      className={`rounded-lg border px-3.5 py-3 ${isInForce ? 'border-good bg-good-soft' : 'border-line bg-raised'}`}
    >
      <dt className="flex min-h-5 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className={isInForce ? '' : 'text-muted'}>{name}</span>
        {isInForce && (
          <Badge tone="good" icon={CircleCheck}>
            In force
          </Badge>
        )}
        {note && <span className="text-muted">{note}</span>}
      </dt>
      <dd className="mt-1 font-mono text-base tabular-nums">{text}</dd>
    </div>
  )
}

/** Browsers older than the server's list of zones do not know all of its names. */
function inZone(moment: number, timeZone: string): string {
  try {
    return dateTimeText(moment, { isoUtcFormat: false, timeZone })
  } catch {
    return 'Your browser does not know this zone'
  }
}
