'use client'

import { useId } from 'react'
import { base64SizeText, grouped, type SizeUnit, sizeUnits } from '@/lib/media/sizes'
import { FieldError, inputLook } from './field'

const units = Object.keys(sizeUnits) as SizeUnit[]

type Props = {
  label: string
  amount: string
  unit: SizeUnit
  bytes: number | null
  error: string | null | undefined
  onChange: (amount: string, unit: SizeUnit) => void
}

/** A size with its unit; below it what it is exactly, and as Base64. */
export function SizeField({ label, amount, unit, bytes, error, onChange }: Props) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          maxLength={16}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-exact ${id}-error`}
          onChange={(event) => onChange(event.target.value, unit)}
          className={`${inputLook} tabular-nums`}
        />
        <select
          aria-label="Unit"
          value={unit}
          onChange={(event) => onChange(amount, units.find((each) => each === event.target.value) ?? unit)}
          className={`${inputLook} !w-auto`}
        >
          {units.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </div>
      <p id={`${id}-exact`} className="mt-1 min-h-5.5 text-muted tabular-nums">
        {bytes !== null && `${grouped(bytes)} bytes, ${base64SizeText(bytes)}`}
      </p>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}
