'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError, inputLook } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { useHydrated } from '@/components/ui/use-hydrated'
import { setTimeZone } from '../actions'
import type { GeneralFormProps } from './form-props'
import { useTimeZones } from './use-time-zones'
import { generalWords } from './words'
import { ZoneOptions } from './zone-options'

type Props = GeneralFormProps & { now: number; picked: string | null; onPick: (zone: string | null) => void }

/** Saved by a button, not by the choice: arrow keys and typed letters pass through many zones. */
export function TimeZone({ organizationId, view, learn, now, picked, onPick }: Props) {
  const field = useRef<HTMLSelectElement>(null)
  const isHydrated = useHydrated()
  // Here and not in the options: a select finds its choice among new options only when it is drawn itself.
  const zones = useTimeZones()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const zone = picked ?? view.timeZone

  async function save() {
    setBusy(true)
    setError(null)
    const outcome = await setTimeZone(organizationId, { from: view.timeZone, timeZone: zone }).catch(
      () => null,
    )
    setBusy(false)
    if (outcome?.ok) {
      learn({ timeZone: outcome.value.timeZone })
      onPick(null)
      return toast('good', `The time zone is ${outcome.value.timeZone}`)
    }
    if (outcome?.reason === 'changed-meanwhile') learn({ timeZone: String(outcome.details.current) })
    setError(generalWords(outcome, zone))
    field.current?.focus()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void save()
      }}
    >
      <label htmlFor="time-zone" className="mb-1 block font-medium">
        Time zone
      </label>
      <div className="flex flex-wrap gap-2">
        <select
          ref={field}
          id="time-zone"
          value={zone}
          disabled={!isHydrated}
          onChange={({ target }) => {
            onPick(target.value === view.timeZone ? null : target.value)
            setError(null)
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby="time-zone-hint time-zone-error"
          className={`${inputLook} !w-auto min-w-44 flex-1 sm:max-w-80`}
        >
          <ZoneOptions zones={zones} current={view.timeZone} now={now} />
        </select>
        <Button type="submit" busy={busy} disabled={zone === view.timeZone}>
          Save
        </Button>
      </div>
      <p id="time-zone-hint" className="mt-1 text-muted">
        {view.isoUtcFormat
          ? 'Used when ISO 8601 UTC Format is off.'
          : 'Every DateTime of the API is in this zone while ISO 8601 UTC Format is off: saving another one moves the hours that programs read.'}
      </p>
      <FieldError id="time-zone-error" error={error} />
    </form>
  )
}
