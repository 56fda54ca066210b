'use client'

import { useEffect, useRef } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import { useWorkbench } from '../workbench'

const look = 'block size-4 accent-accent-strong'

export function SelectKey({ keyId, name }: { keyId: string; name: string }) {
  const { selected, select } = useWorkbench()
  const isHydrated = useHydrated()
  return (
    <label className="flex items-center gap-2 py-1 @4xl:py-0.5">
      <input
        type="checkbox"
        aria-label={`Select ${name}`}
        disabled={!isHydrated}
        checked={selected.some(({ id }) => id === keyId)}
        onChange={({ target }) => select([keyId], target.checked)}
        className={look}
      />
      <span aria-hidden className="text-muted @4xl:hidden">
        Select
      </span>
    </label>
  )
}

export function SelectPage() {
  const { keys, selected, select } = useWorkbench()
  const isHydrated = useHydrated()
  const ref = useRef<HTMLInputElement>(null)
  const isPart = selected.length > 0 && selected.length < keys.length
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = isPart
  }, [isPart])
  return (
    <input
      ref={ref}
      type="checkbox"
      aria-label="Select all on this page"
      disabled={!isHydrated}
      checked={keys.length > 0 && selected.length === keys.length}
      onChange={({ target }) =>
        select(
          keys.map(({ id }) => id),
          target.checked,
        )
      }
      className={look}
    />
  )
}
