'use client'

import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useHydrated } from './use-hydrated'

type Props = Omit<ComponentProps<'button'>, 'children'> & { name: string; icon: LucideIcon; busy?: boolean }

/** A button of an icon only: `name` is its accessible name and, on hover or focus, its visible one. */
export function IconButton({
  name,
  icon: Icon,
  busy = false,
  className = '',
  onClick,
  disabled = false,
  ...rest
}: Props) {
  const isHydrated = useHydrated()
  return (
    <button
      type="button"
      aria-label={name}
      aria-busy={busy || undefined}
      {...rest}
      disabled={disabled || !isHydrated}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={`group/tip relative inline-flex size-9 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink sm:size-8 ${className}`}
    >
      {busy ? (
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
      ) : (
        <Icon aria-hidden className="size-4" />
      )}
      <span
        aria-hidden
        className="pointer-events-none absolute bottom-full z-10 mb-1 hidden rounded-md bg-ink px-2 py-0.5 text-xs whitespace-nowrap text-canvas group-hover/tip:block group-focus-visible/tip:block"
      >
        {name}
      </span>
    </button>
  )
}
