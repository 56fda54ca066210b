import { useState } from 'react'
import type { FieldErrors, FieldName } from '../words'

/** What is wrong with which field of a form. What is typed anew is no longer what was wrong. */
export function useFieldErrors() {
  const [errors, setErrors] = useState<FieldErrors>({})
  const setting =
    <T>(field: FieldName, set: (value: T) => void) =>
    (value: T) => {
      set(value)
      setErrors(({ [field]: _, ...others }) => others)
    }
  return { errors, setErrors, setting }
}
