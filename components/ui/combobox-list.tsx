'use client'

import { Check } from 'lucide-react'
import type { Found, Option } from './use-options'

/** Says what the list cannot: that it loads, is empty, did not arrive, or how long it is. */
export function ListNote({
  isOpen,
  found,
  nothingWords,
}: {
  isOpen: boolean
  found: Found
  nothingWords: string
}) {
  const count = found.options?.length ?? 0
  const words = !isOpen
    ? ''
    : found.hasFailed
      ? 'The list did not arrive. Check your connection.'
      : found.options === null
        ? 'Loading…'
        : count === 0
          ? nothingWords
          : ''
  return (
    <>
      <div
        role="status"
        className="absolute inset-x-0 top-full z-20 mt-1 rounded-lg border border-line bg-surface px-3.5 py-2.5 text-muted shadow-xl empty:hidden"
      >
        {words}
      </div>
      <span role="status" className="sr-only">
        {isOpen && count > 0 && (count === 1 ? '1 choice' : `${count} choices`)}
      </span>
    </>
  )
}

type ItemProps = {
  id: string
  option: Option
  isActive: boolean
  isChosen: boolean
  onChoose: () => void
  onPoint: () => void
}

export function ListItem({ id, option, isActive, isChosen, onChoose, onPoint }: ItemProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-disabled={option.obstacle ? true : undefined}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
      className={`flex cursor-pointer items-center gap-2 rounded-md px-2.5 py-1.5 aria-disabled:cursor-not-allowed aria-disabled:text-muted ${isActive ? 'bg-raised' : ''}`}
    >
      <Check aria-hidden className={`size-4 shrink-0 ${isChosen ? '' : 'invisible'}`} />
      <span className="min-w-0 grow truncate">{option.name}</span>
      <span className="shrink-0 text-xs text-muted tabular-nums">{option.obstacle ?? option.note}</span>
    </div>
  )
}
