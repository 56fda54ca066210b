'use client'

import { TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError, inputLook } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { defaultRequestIdHeader } from '@/lib/settings/request-id-header'
import { setRequestIdHeader } from '../actions'
import type { GeneralFormProps } from './form-props'
import { generalWords } from './words'

export function HeaderName({ organizationId, view, learn }: GeneralFormProps) {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const saved = view.requestIdHeader
  const name = typed ?? saved

  async function save() {
    setBusy(true)
    setError(null)
    const outcome = await setRequestIdHeader(organizationId, { from: saved, name }).catch(() => null)
    setBusy(false)
    if (outcome?.ok) {
      learn({ requestIdHeader: name })
      setTyped(null)
      return toast('good', `The API reads ${name}`)
    }
    if (outcome?.reason === 'changed-meanwhile') learn({ requestIdHeader: String(outcome.details.current) })
    setError(generalWords(outcome, name))
    field.current?.focus()
  }

  function type(text: string) {
    setTyped(text === saved ? null : text)
    setError(null)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void save()
      }}
    >
      <label htmlFor="header-name" className="mb-1 block font-medium">
        Custom Header Name
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          id="header-name"
          value={name}
          onChange={({ target }) => type(target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby="header-name-hint header-name-note header-name-error"
          className={`${inputLook} !w-auto min-w-44 flex-1 font-mono sm:max-w-80`}
        />
        <Button type="submit" busy={busy} disabled={name === saved}>
          Save
        </Button>
        {name !== defaultRequestIdHeader && (
          <Button
            look="quiet"
            className="max-sm:-ml-3.5"
            onClick={() => {
              type(defaultRequestIdHeader)
              field.current?.focus()
            }}
          >
            Use the default
          </Button>
        )}
      </div>
      <p id="header-name-hint" className="mt-1 text-muted">
        In this header your programs may send an id of their own with each request. The default is{' '}
        <code className="font-mono whitespace-nowrap">{defaultRequestIdHeader}</code>.
      </p>
      <p id="header-name-note" className="mt-1 flex gap-1.5 text-warn empty:hidden">
        {name !== saved && !error && (
          <>
            <TriangleAlert aria-hidden className="mt-1 size-3.5 shrink-0" />
            <span>
              Once saved, the API no longer reads <code className="font-mono wrap-anywhere">{saved}</code>:
              requests that still send it are answered as before, but their id is lost.
            </span>
          </>
        )}
      </p>
      <FieldError id="header-name-error" error={error} />
    </form>
  )
}
