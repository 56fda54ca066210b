import { CircleAlert } from 'lucide-react'
import { type ComponentProps, useId } from 'react'

type Props = ComponentProps<'input'> & {
  label: string
  hint?: string
  error?: string | null
  optional?: boolean
}

export const inputLook =
  'min-h-9 w-full rounded-lg border border-line-strong bg-surface px-3 text-ink placeholder:text-muted aria-invalid:border-bad'

/** An input with its label, a hint, and the error beside it. */
export function Field({ label, hint, error, optional, className = '', ...rest }: Props) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label} {optional && <span className="font-normal text-muted">(optional)</span>}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${hint ? `${id}-hint` : ''} ${error ? `${id}-error` : ''}`.trim() || undefined}
        className={inputLook}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}

export function FieldError({ id, error }: { id?: string; error: string | null | undefined }) {
  return (
    <p id={id} role="alert" className="mt-1 flex gap-1.5 text-bad empty:hidden">
      {error && (
        <>
          <CircleAlert aria-hidden className="mt-1 size-3.5 shrink-0" />
          <span>{error}</span>
        </>
      )}
    </p>
  )
}
