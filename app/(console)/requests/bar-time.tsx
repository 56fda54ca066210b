'use client'

import { useReaderZone } from '@/components/ui/moment'
import type { CallCounts, Counts } from '@/lib/requests/calls-per-hour'
import { outcomeNames, outcomes } from '@/lib/requests/outcome'

type Props = { at: string; unit: CallCounts['unit'] }

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }

/** Below a bar: the hour in the reader's zone; a day is UTC's own, as it was counted. */
export function BarTime({ at, unit }: Props) {
  const zone = useReaderZone()
  return format(at, unit === 'day' ? day : time, unit === 'day' ? null : zone)
}

/** The same in full, for the table. */
export function BarMoment({ at, unit }: Props) {
  const zone = useReaderZone()
  return unit === 'day'
    ? format(at, day, null)
    : `${format(at, { ...day, ...time }, zone)}${zone ? '' : ' UTC'}`
}

/** What the pointer is told of a bar. */
export function BarName({ at, unit, counts }: Props & { counts: Counts }) {
  const zone = useReaderZone()
  const when = unit === 'day' ? format(at, day, null) : format(at, { ...day, ...time }, zone)
  const numbers = outcomes.map(
    (outcome) => `${counts[outcome].toLocaleString('en-GB')} ${outcomeNames[outcome]}`,
  )
  return <title>{`${when}: ${numbers.join(', ')}`}</title>
}

function format(at: string, options: Intl.DateTimeFormatOptions, zone: string | null): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone ?? 'UTC' }).format(new Date(at))
}
