'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError, inputLook } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { OrganizationKeysView } from '@/lib/organization-keys/view'
import { setReplacementInterval } from '../actions'
import { IntervalEffectText } from './interval-effect-text'
import { keyWords } from './words'

type Props = {
  organizationId: string
  view: OrganizationKeysView
  mayAct: boolean
  refresh: () => Promise<unknown>
}

export function ReplaceEvery({ organizationId, view, mayAct, refresh }: Props) {
  const days = view.replaceEveryDays
  const [typed, setTyped] = useState<string | null>(null)
  // Another admin's change arrives with the next reading, and shows where nobody has typed.
  const text = typed ?? String(days)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function save() {
    setBusy(true)
    setError(null)
    const outcome = await setReplacementInterval(organizationId, {
      days: text.trim() ? Number(text) : Number.NaN,
    }).catch(() => null)
    if (outcome?.ok) await refresh()
    setBusy(false)
    if (!outcome?.ok) return setError(keyWords(outcome))
    setTyped(null)
    toast('good', `Keys are replaced every ${text.trim() === '1' ? 'day' : `${text.trim()} days`}`)
  }

  if (!mayAct) {
    return (
      <p className="border-t border-line px-4 py-4 sm:px-5">
        Replace every <strong className="font-semibold">{days} days</strong>
      </p>
    )
  }
  return (
    <form
      noValidate
      className="border-t border-line px-4 py-4 sm:px-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void save()
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor="replace-every" className="font-medium">
          Replace every
        </label>
        <input
          id="replace-every"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={(event) => setTyped(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby="replace-every-hint replace-every-error replace-every-effect"
          className={`${inputLook} !w-20 text-right tabular-nums`}
        />
        <span aria-hidden>days</span>
        <Button type="submit" busy={busy} disabled={text.trim() === String(days)}>
          Save
        </Button>
      </div>
      <FieldError id="replace-every-error" error={error} />
      <p id="replace-every-effect" role="status" className="mt-1.5 empty:mt-0">
        <IntervalEffectText view={view} typed={text.trim()} />
      </p>
      <p id="replace-every-hint" className="mt-1.5 text-pretty text-muted">
        1 to 365 days, for which a key lives. The schedule makes the next one 30 days before that end, or at
        half of a shorter life, so that both work for a while.
      </p>
    </form>
  )
}
