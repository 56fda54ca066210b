'use client'

import { type ReactNode, type Ref, useId } from 'react'
import { type SizeUnit, sizeUnits } from '@/lib/media/sizes'
import { FieldError, inputLook } from './field'

type Props = {
  label: string
  amount: string
  unit: SizeUnit
  onChange: (amount: string, unit: SizeUnit) => void
  hint?: ReactNode
  error?: string | null
  ref?: Ref<HTMLInputElement>
}

/** A size as people write it: an amount and its unit (`bytesOfSize` makes bytes of it). */
export function SizeField({ label, amount, unit, onChange, hint, error, ref }: Props) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={ref}
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          onChange={({ target }) => onChange(target.value, unit)}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-hint ${id}-error`}
          className={`${inputLook} !w-32 text-right tabular-nums`}
        />
        <select
          aria-label="Unit"
          value={unit}
          onChange={({ target }) => onChange(amount, target.value as SizeUnit)}
          className={`${inputLook} !w-auto`}
        >
          {Object.keys(sizeUnits).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <p id={`${id}-hint`} className="mt-1 text-muted empty:hidden">
        {hint}
      </p>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}
