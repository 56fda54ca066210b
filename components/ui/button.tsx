'use client'

import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useHydrated } from './use-hydrated'

const looks = {
  primary: 'bg-accent-strong text-on-accent hover:opacity-90 border-transparent',
  danger: 'bg-bad-strong text-on-accent hover:opacity-90 border-transparent',
  secondary: 'bg-surface text-ink hover:bg-raised border-line-strong',
  quiet: 'bg-transparent text-accent hover:bg-raised border-transparent',
}

type Props = ComponentProps<'button'> & { look?: keyof typeof looks; busy?: boolean }

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
      className={`relative inline-flex min-h-9 items-center justify-center gap-2 rounded-lg border px-3.5 font-medium whitespace-nowrap transition-colors ${disabled ? 'opacity-50' : ''} ${looks[look]} ${className}`}
    >
      <span className={`inline-flex items-center gap-2 ${busy ? 'opacity-0' : ''}`}>{children}</span>
      {busy && <LoaderCircle aria-hidden className="absolute size-4 animate-spin" />}
    </button>
  )
}
