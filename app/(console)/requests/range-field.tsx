'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { useReaderZone } from '@/components/ui/moment'
import { localText, sentText } from './range-text'

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
      {zone && shown !== '' && <input type="hidden" name={name} value={sentText(shown)} />}
    </>
  )
}
