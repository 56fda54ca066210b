'use client'

import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { type ButtonLook, buttonLook } from './button-look'
import { useHydrated } from './use-hydrated'

type Props = ComponentProps<'button'> & { look?: ButtonLook; busy?: boolean }

/** While `busy` it keeps its focus and its width, says so to screen readers, and does not submit again. */
export function Button(props: Props) {
  const {
    look = 'secondary',
    busy = false,
    disabled = false,
    className = '',
    children,
    onClick,
    ...rest
  } = props
  const isHydrated = useHydrated()
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || !isHydrated}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={`relative ${disabled ? 'opacity-50' : ''} ${buttonLook(look)} ${className}`}
    >
      <span className={`inline-flex items-center gap-2 ${busy ? 'opacity-0' : ''}`}>{children}</span>
      {busy && <LoaderCircle aria-hidden className="absolute size-4 animate-spin" />}
    </button>
  )
}
