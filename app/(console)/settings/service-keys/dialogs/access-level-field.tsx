import { useId } from 'react'
import { FieldError } from '@/components/ui/field'
import { type AccessLevel, accessLevelNames, accessLevels } from '@/lib/keys/access-level'
import { accessLevelWords } from '../words'

type Props = { level: AccessLevel; onChoose: (level: AccessLevel) => void; error?: string | null }

/** The level of a key, each with what it may do. */
export function AccessLevelField({ level, onChoose, error }: Props) {
  const id = useId()
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 font-medium">Access level</legend>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line-strong">
        {accessLevels.map((each) => (
          <label
            key={each}
            className="flex cursor-pointer gap-3 px-3 py-2 has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={id}
              aria-label={accessLevelNames[each]}
              aria-describedby={`${id}-${each}`}
              checked={level === each}
              onChange={() => onChoose(each)}
              className="mt-1 size-4 shrink-0 accent-accent-strong outline-none"
            />
            <span>
              <span className="block font-medium">{accessLevelNames[each]}</span>
              <span id={`${id}-${each}`} className="block text-muted">
                {accessLevelWords[each]}
              </span>
            </span>
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  )
}
