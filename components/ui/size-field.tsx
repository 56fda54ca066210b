'use client'

import { base64SizeText, grouped, type SizeUnit, sizeUnits } from '@/lib/media/sizes'
import { inputLook, Labelled } from './field'

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
  const exact = bytes === null ? '' : `${grouped(bytes)} bytes, ${base64SizeText(bytes)}`
  return (
    <Labelled
      label={label}
      error={error}
      hint={<span className="block min-h-5.5 tabular-nums">{exact}</span>}
    >
      {(ids) => (
        <div className="flex gap-2">
          <input
            {...ids}
            inputMode="decimal"
            autoComplete="off"
            value={amount}
            maxLength={16}
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
      )}
    </Labelled>
  )
}
