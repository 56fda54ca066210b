'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError, inputLook } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { setReplacementInterval } from '../actions'
import { keyWords } from './words'

type Props = { organizationId: string; days: number; mayAct: boolean; refresh: () => Promise<unknown> }

export function ReplaceEvery({ organizationId, days, mayAct, refresh }: Props) {
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
    toast('good', `Keys are replaced every ${text.trim()} days`)
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
          aria-describedby="replace-every-hint replace-every-error"
          className={`${inputLook} !w-20 text-right tabular-nums`}
        />
        <span aria-hidden>days</span>
        <Button type="submit" busy={busy} disabled={text.trim() === String(days)}>
          Save
        </Button>
      </div>
      <p id="replace-every-hint" className="mt-1.5 text-muted">
        1 to 365 days. Keys made from now on are active for that long; keys that exist keep the expiry that
        they have.
      </p>
      <FieldError id="replace-every-error" error={error} />
    </form>
  )
}
