import { CalendarClock, Infinity as Endless } from 'lucide-react'
import { useId, useState } from 'react'
import { FieldError, inputLook } from '@/components/ui/field'
import { useReaderZone } from '@/components/ui/moment'
import { momentText } from '@/lib/moment-text'
import { day } from '@/lib/service-keys/lifecycle'
import { noExpiry, readExpiry, type TypedExpiry, typedExpiry } from './expiry'

const presets = [
  { name: '30 days', days: 30 },
  { name: '90 days', days: 90 },
  { name: '1 year', days: 365 },
]

type Props = {
  typed: TypedExpiry
  onType: (typed: TypedExpiry) => void
  /** Whether to say what is missing, too: once somebody tried to save. */
  isAsked: boolean
  error?: string | null
}

/** A date and a time on the reader's own clock. Says which moment that is; blank is never, and it says so too. */
export function ExpiresField({ typed, onType, isAsked, error }: Props) {
  const id = useId()
  const zone = useReaderZone() ?? 'UTC'
  const [wasLeft, setWasLeft] = useState(false)
  const expiry = readExpiry(typed, zone, new Date())
  const isIncomplete = typed.date === '' || typed.time.trim() === ''
  const isTold = isAsked || (wasLeft && !isIncomplete)
  const fault = expiry.kind === 'wrong' && isTold ? expiry : null
  const describe = (field: 'date' | 'time') => ({
    'aria-invalid': fault?.field === field || (field === 'date' && error) ? (true as const) : undefined,
    'aria-describedby': `${id}-meaning ${id}-error`,
  })

  return (
    <fieldset>
      <legend className="mb-1 font-medium">
        Expires at <span className="font-normal text-muted">(optional)</span>
      </legend>
      <div className="flex flex-wrap gap-2">
        <input
          type="date"
          aria-label="Expiry date"
          value={typed.date}
          max="9998-12-31"
          onChange={({ target }) =>
            onType({ ...typed, date: target.value, isHalf: target.validity.badInput, wantsSecond: false })
          }
          onBlur={({ target }) => {
            setWasLeft(true)
            if (target.validity.badInput !== typed.isHalf)
              onType({ ...typed, isHalf: target.validity.badInput })
          }}
          {...describe('date')}
          className={`${inputLook} !w-40 grow sm:grow-0`}
        />
        <input
          aria-label="Expiry time"
          placeholder="18:00"
          autoComplete="off"
          maxLength={10}
          value={typed.time}
          onChange={({ target }) => onType({ ...typed, time: target.value, wantsSecond: false })}
          onBlur={() => setWasLeft(true)}
          {...describe('time')}
          className={`${inputLook} !w-24 tabular-nums`}
        />
        <span className="flex flex-wrap items-center gap-1">
          {presets.map(({ name, days }) => (
            <button
              key={name}
              type="button"
              aria-label={`In ${name}`}
              onClick={() => onType(typedExpiry(new Date(Date.now() + days * day), zone))}
              className="min-h-8 rounded-md px-2 text-accent hover:bg-raised"
            >
              {name}
            </button>
          ))}
          {(typed.date !== '' || typed.time !== '') && (
            <button
              type="button"
              onClick={() => onType(noExpiry)}
              className="min-h-8 rounded-md px-2 text-accent hover:bg-raised"
            >
              Never
            </button>
          )}
        </span>
      </div>
      <Meaning id={`${id}-meaning`} expiry={expiry} zone={zone} />
      {expiry.kind === 'at' && expiry.twice && (
        <div role="radiogroup" aria-label="Which of the two" className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
          {expiry.twice.map((at, index) => (
            <label key={at.toISOString()} className="flex min-h-8 cursor-pointer items-center gap-2">
              <input
                type="radio"
                name={`${id}-twice`}
                checked={typed.wantsSecond === (index === 1)}
                onChange={() => onType({ ...typed, wantsSecond: index === 1 })}
                className="accent-accent-strong"
              />
              {momentText(at, zone)}
            </label>
          ))}
        </div>
      )}
      <FieldError id={`${id}-error`} error={fault?.words ?? error} />
    </fieldset>
  )
}

type MeaningProps = { id: string; expiry: ReturnType<typeof readExpiry>; zone: string }

function Meaning({ id, expiry, zone }: MeaningProps) {
  const Icon = expiry.kind === 'never' ? Endless : CalendarClock
  return (
    <p id={id} role="status" className="mt-1 flex gap-1.5 text-muted">
      <Icon aria-hidden className="mt-1 size-3.5 shrink-0" />
      <span>
        {expiry.kind === 'at' ? (
          <>
            {expiry.note} Expires{' '}
            <strong className="font-medium text-ink">{momentText(expiry.at, zone)}</strong>. This is final.
          </>
        ) : expiry.kind === 'never' ? (
          'Left blank, the key never expires.'
        ) : (
          'Blank: never.'
        )}{' '}
        Your time zone: {zone}.
      </span>
    </p>
  )
}
