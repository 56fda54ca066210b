'use client'

import { useState } from 'react'
import { FieldError } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { toast } from '@/components/ui/toast'
import { setIsoUtcFormat } from '../actions'
import type { GeneralFormProps } from './form-props'
import { generalWords } from './words'

export function IsoUtcFormat({ organizationId, view, learn }: GeneralFormProps) {
  const [turningTo, setTurningTo] = useState<boolean | null>(null)
  const [error, setError] = useState<string | null>(null)

  async function turn() {
    const on = !view.isoUtcFormat
    setTurningTo(on)
    setError(null)
    const outcome = await setIsoUtcFormat(organizationId, { on }).catch(() => null)
    setTurningTo(null)
    if (!outcome?.ok)
      return setError(`${generalWords(outcome, '')} The format is still ${on ? 'off' : 'on'}.`)
    learn({ isoUtcFormat: on })
    toast('good', on ? 'The API writes DateTimes in UTC' : `The API writes DateTimes in ${view.timeZone}`)
  }

  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <label htmlFor="iso-utc-format" className="font-medium">
          ISO 8601 UTC Format
        </label>
        <p id="iso-utc-format-hint" className="text-muted">
          On, every DateTime in every answer of the API is in UTC and ends in Z. Off, it is the time of your
          zone, without suffix. Programs see the other form at once: turn this when they can read both.
        </p>
        <FieldError id="iso-utc-format-error" error={error} />
      </div>
      <Switch
        id="iso-utc-format"
        on={turningTo ?? view.isoUtcFormat}
        busy={turningTo !== null}
        describedBy="iso-utc-format-hint iso-utc-format-error"
        onTurn={turn}
      />
    </div>
  )
}
