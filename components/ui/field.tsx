import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'

export const inputLook =
  'min-h-9 w-full rounded-lg border border-line-strong bg-surface px-3 text-ink placeholder:text-muted aria-invalid:border-bad'

type Frame = {
  label: string
  hint?: ReactNode
  error?: string | null
  optional?: boolean
  /** Only screen readers hear the label; what is in the control says it to everybody else. */
  hasHiddenLabel?: boolean | undefined
  className?: string | undefined
}

/** What ties a control to its label, its hint and its error. */
export type ControlIds = {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

/** A label above a control, a hint below it, and the error beside it. */
export function Labelled({
  label,
  hint,
  error,
  optional = false,
  hasHiddenLabel = false,
  className,
  children,
}: Frame & { children: (ids: ControlIds) => ReactNode }) {
  const id = useId()
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter((each) => each !== null)
  return (
    <div className={className}>
      <label htmlFor={id} className={hasHiddenLabel ? 'sr-only' : 'mb-1 block font-medium'}>
        {label} {optional && <span className="font-normal text-muted">(optional)</span>}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described.join(' ') || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}

export function Field({ label, hint, error, optional, className, ...rest }: Frame & ComponentProps<'input'>) {
  return (
    <Labelled label={label} hint={hint} error={error} optional={optional} className={className}>
      {(ids) => <input {...ids} className={inputLook} {...rest} />}
    </Labelled>
  )
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  className,
  ...rest
}: Frame & ComponentProps<'textarea'>) {
  return (
    <Labelled label={label} hint={hint} error={error} optional={optional} className={className}>
      {(ids) => <textarea {...ids} rows={3} className={`${inputLook} block py-2`} {...rest} />}
    </Labelled>
  )
}

export function Select({
  label,
  hint,
  error,
  optional,
  className,
  ...rest
}: Frame & ComponentProps<'select'>) {
  return (
    <Labelled label={label} hint={hint} error={error} optional={optional} className={className}>
      {(ids) => <select {...ids} className={inputLook} {...rest} />}
    </Labelled>
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
