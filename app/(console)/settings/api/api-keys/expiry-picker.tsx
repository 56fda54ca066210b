'use client'

import { useId, useState } from 'react'
import { FieldError, inputLook } from '@/components/ui/field'
import { day } from '@/lib/organization-keys/lifecycle'

export const presetDays = [30, 90, 180, 365]

const words = {
  none: () => 'Choose a date.',
  past: () => 'Choose a date in the future.',
  late: (latest: Date) =>
    `Choose a date up to ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(latest)}: a key is active for 365 days at the most.`,
}

type Props = {
  legend: string
  /** From when the days count. */
  from: Date
  latest: Date
  expiresAt: Date | null
  /** A choice is being saved; the focus stays where it is. */
  busy?: boolean
  /** Null while the date field holds none that can be chosen. */
  onChoose: (expiresAt: Date | null) => void
}

/** 30, 90, 180 or 365 days, or a date: then until the end of that day in the reader's zone. */
export function ExpiryPicker({ legend, from, latest, expiresAt, busy, onChoose }: Props) {
  const name = useId()
  const inDays = (days: number) => new Date(Math.floor((from.getTime() + days * day) / 1000) * 1000)
  const preset = presetDays.find((days) => expiresAt?.getTime() === inDays(days).getTime())
  const [byDate, setByDate] = useState(preset === undefined && expiresAt !== null)

  const [error, setError] = useState<string | null>(null)

  function chooseDate(text: string) {
    const endOfDay = new Date(`${text}T23:59:59`)
    const chosen = endOfDay > latest && isSameDay(endOfDay, latest) ? latest : endOfDay
    // While a year is being typed the field already holds complete dates, such as one in the year 2.
    const isTyping = Number.isNaN(chosen.getTime()) || chosen.getFullYear() < 1000
    const wrong = isTyping ? 'none' : chosen <= new Date() ? 'past' : chosen > latest ? 'late' : null
    setError(wrong && words[wrong](latest))
    onChoose(wrong ? null : chosen)
  }

  return (
    <fieldset aria-busy={busy || undefined} className={busy ? 'pointer-events-none' : ''}>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {presetDays
          .filter((days) => inDays(days) <= latest)
          .map((days) => (
            <Choice
              key={days}
              name={name}
              checked={!byDate && preset === days}
              onChoose={() => {
                setByDate(false)
                setError(null)
                onChoose(inDays(days))
              }}
            >
              {days} days
            </Choice>
          ))}
        <Choice name={name} checked={byDate} onChoose={() => setByDate(true)}>
          Until a date
        </Choice>
      </div>
      {byDate && (
        <label className="mt-3 block">
          <span className="mb-1 block font-medium">Date</span>
          <input
            type="date"
            className={`${inputLook} !w-auto`}
            min={dateText(new Date(Date.now() + day))}
            max={dateText(latest)}
            defaultValue={expiresAt ? dateText(expiresAt) : undefined}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${name}-error` : undefined}
            onChange={(event) => chooseDate(event.target.value)}
          />
        </label>
      )}
      <FieldError id={`${name}-error`} error={byDate ? error : null} />
    </fieldset>
  )
}

function Choice({
  name,
  checked,
  onChoose,
  children,
}: {
  name: string
  checked: boolean
  onChoose: () => void
  children: React.ReactNode
}) {
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-2 rounded-lg border border-line-strong px-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="accent-accent-strong"
      />
      {children}
    </label>
  )
}

function dateText(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

const isSameDay = (a: Date, b: Date) => dateText(a) === dateText(b)
