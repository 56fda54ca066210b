'use client'

import { Check, LoaderCircle, X } from 'lucide-react'
import { useHydrated } from './use-hydrated'

type Props = {
  id: string
  on: boolean
  busy?: boolean
  describedBy?: string
  onTurn: () => void
}

/** On or off, saved at once; its label names it by `htmlFor`. The knob's place and mark say it, color repeats it. */
export function Switch({ id, on, busy = false, describedBy, onTurn }: Props) {
  const isHydrated = useHydrated()
  const Mark = busy ? LoaderCircle : on ? Check : X
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={on}
      aria-busy={busy || undefined}
      aria-describedby={describedBy}
      disabled={!isHydrated}
      onClick={() => !busy && onTurn()}
      className={`inline-flex h-7 w-12 shrink-0 items-center rounded-full border-2 px-0.5 transition-colors ${on ? 'border-accent-strong bg-accent-strong' : 'border-line-strong bg-raised'}`}
    >
      <span
        className={`flex size-5 items-center justify-center rounded-full transition-transform ${on ? 'translate-x-5 bg-on-accent text-[#4338ca]' : 'bg-line-strong text-surface'}`}
      >
        <Mark aria-hidden className={`size-3.5 ${busy ? 'animate-spin' : ''}`} />
      </span>
    </button>
  )
}
