'use client'

import { CircleCheck } from 'lucide-react'
import { useNow } from '@/components/ui/use-now'
import { dateTimeText } from '@/lib/settings/date-time'

type Props = { isoUtcFormat: boolean; timeZone: string; pickedZone: string | null; now: number }

/** This moment in both forms, so that the difference is seen before the switch is turned or a zone is saved. */
export function DateTimeExamples({ isoUtcFormat, timeZone, pickedZone, now }: Props) {
  const moment = useNow(now)
  return (
    <dl className="mt-4 grid gap-3 sm:grid-cols-2">
      <Example
        name="On: UTC, with suffix Z"
        text={dateTimeText(moment, { isoUtcFormat: true, timeZone })}
        isInForce={isoUtcFormat}
      />
      <Example
        name={`Off: ${timeZone}, without suffix`}
        text={inZone(moment, timeZone)}
        isInForce={!isoUtcFormat}
      />
      {pickedZone && (
        <Example
          className="sm:col-start-2"
          name={`Off, once it is saved: ${pickedZone}`}
          text={inZone(moment, pickedZone)}
          isInForce={false}
        />
      )}
    </dl>
  )
}

function Example({
  name,
  text,
  isInForce,
  className = '',
}: {
  name: string
  text: string
  isInForce: boolean
  className?: string
}) {
  return (
    <div
      className={`rounded-lg border px-3.5 py-3 ${className} ${isInForce ? 'border-good bg-good-soft' : 'border-line bg-raised'}`}
    >
      <dt className="flex min-h-5 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className={isInForce ? '' : 'text-muted'}>{name}</span>
        {isInForce && (
          <span className="inline-flex items-center gap-1 font-medium text-good">
            <CircleCheck aria-hidden className="size-3.5" />
            In force
          </span>
        )}
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
