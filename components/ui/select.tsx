import { type ComponentProps, useId } from 'react'
import { FieldError, inputLook } from './field'

type Props = ComponentProps<'select'> & { label: string; error?: string | null }

/** A native choice with its label, and the error beside it. */
export function Select({ label, error, className = '', children, ...rest }: Props) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className={inputLook}
        {...rest}
      >
        {children}
      </select>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}
