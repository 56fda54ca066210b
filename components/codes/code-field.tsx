'use client'

import { type ComponentProps, useEffect, useId, useRef } from 'react'
import { FieldError } from '@/components/ui/field'

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  value: string
  onValue: (value: string) => void
  error: string | null
}

/** One field for a 6-digit code: it can be typed, pasted with spaces, or filled in by the browser. */
export function CodeField({ value, onValue, error, ...rest }: Props) {
  const id = useId()
  const ref = useRef<HTMLInputElement>(null)

  // A wrong code is typed again: the cursor goes where that happens.
  useEffect(() => {
    if (error) ref.current?.focus()
  }, [error])

  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        Code
      </label>
      <input
        ref={ref}
        id={id}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        placeholder="······"
        value={value}
        onChange={(event) => onValue(event.target.value.replace(/\D/g, '').slice(0, 6))}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className="min-h-12 w-full rounded-lg border border-line-strong bg-surface px-3 pl-[calc(0.75rem+0.5em)] text-center font-mono text-2xl tracking-[0.5em] text-ink placeholder:text-muted aria-invalid:border-bad"
        {...rest}
      />
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}
