'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { useReaderZone } from '@/components/ui/moment'

type Props = { name: 'from' | 'to'; asked: string; error?: string }

const labels = { from: 'From', to: 'To' }

/**
 * One end of a range, in the reader's zone; what is sent is UTC. Until the browser's script runs nobody knows the
 * zone: the field is in UTC then, says so, and is sent as it is.
 */
export function RangeField({ name, asked, error }: Props) {
  const zone = useReaderZone()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? localText(asked, zone)
  const isSent = shown !== ''
  return (
    <>
      <Field
        type="datetime-local"
        label={zone ? labels[name] : `${labels[name]} (UTC)`}
        hint={zone ? `Your time, ${zone}` : undefined}
        name={zone ? undefined : name}
        value={shown}
        error={error}
        onChange={(event) => setTyped(event.target.value)}
      />
      {zone && isSent && <input type="hidden" name={name} value={new Date(shown).toISOString()} />}
    </>
  )
}

/** As a `datetime-local` field wants it. */
function localText(asked: string, zone: string | null): string {
  const moment = new Date(/T\d\d:\d\d(:\d\d)?$/.test(asked) ? `${asked}Z` : asked)
  if (Number.isNaN(moment.getTime())) return ''
  const offset = zone === null ? 0 : moment.getTimezoneOffset() * 60_000
  const text = new Date(moment.getTime() - offset).toISOString().slice(0, 19)
  return text.endsWith(':00') ? text.slice(0, 16) : text
}
