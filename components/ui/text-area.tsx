import { type ComponentProps, useId } from 'react'
import { FieldError, inputLook } from './field'

type Props = ComponentProps<'textarea'> & { label: string; hint?: string; error?: string | null }

/** Several lines of text with their label, a hint, and the error beside them. */
export function TextArea({ label, hint, error, className = '', ...rest }: Props) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${hint ? `${id}-hint` : ''} ${error ? `${id}-error` : ''}`.trim() || undefined}
        className={`${inputLook} block py-2`}
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
