import { type RefObject, useEffect, useRef } from 'react'

/** Puts the focus into the first field that is wrong, each time that the answer says which are. */
export function useFirstError(errors: object): RefObject<HTMLFormElement | null> {
  const ref = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  return ref
}
