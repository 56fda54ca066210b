'use client'

import type { LucideIcon } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useHydrated } from './use-hydrated'

export type MenuItem = {
  name: string
  icon: LucideIcon
  /** Why it is not possible now. The item stays where it is and says so. */
  obstacle?: string | null
  isDanger?: boolean
  onChoose: () => void
}

type Props = { name: string; icon: LucideIcon; items: readonly MenuItem[] }

/** A menu button by the ARIA Authoring Practices: arrows, Home and End move, Escape and Tab close. */
export function Menu({ name, icon: Icon, items }: Props) {
  const id = useId()
  const isHydrated = useHydrated()
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  /** The item that takes the focus when the menu opens; null while it is closed. */
  const [first, setFirst] = useState<number | null>(null)
  const isOpen = first !== null

  useEffect(() => {
    if (first !== null) focusItem(list.current, first)
  }, [first])

  function close() {
    setFirst(null)
    button.current?.focus()
  }

  function choose({ obstacle, onChoose }: MenuItem) {
    if (obstacle) return
    // The focus is back at the button before a dialog opens, which gives it back there.
    close()
    onChoose()
  }

  return (
    <div className="relative">
      <button
        ref={button}
        type="button"
        aria-label={name}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        disabled={!isHydrated}
        // Else the menu would lose the focus, close, and be opened again by the click.
        onMouseDown={(event) => isOpen && event.preventDefault()}
        onClick={() => setFirst(isOpen ? null : 0)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setFirst(event.key === 'ArrowDown' ? 0 : items.length - 1)
        }}
        className="inline-flex size-9 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink aria-expanded:bg-raised aria-expanded:text-ink sm:size-8"
      >
        <Icon aria-hidden className="size-4" />
      </button>
      {isOpen && (
        <div
          ref={list}
          id={id}
          role="menu"
          aria-label={name}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget)) setFirst(null)
          }}
          onKeyDown={(event) => move(event, items.length, close, () => setFirst(null))}
          className={`absolute right-0 z-20 w-64 rounded-lg border border-line bg-surface p-1 text-left shadow-xl ${placeOf(button.current)}`}
        >
          {items.map((item) => (
            <Item key={item.name} item={item} onChoose={() => choose(item)} />
          ))}
        </div>
      )}
    </div>
  )
}

function Item({ item, onChoose }: { item: MenuItem; onChoose: () => void }) {
  const id = useId()
  const { name, icon: Icon, obstacle, isDanger } = item
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={obstacle ? true : undefined}
      aria-describedby={obstacle ? id : undefined}
      onClick={onChoose}
      onPointerMove={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
      className={`flex w-full items-start gap-2.5 rounded-md px-2.5 py-1.5 text-left -outline-offset-2 focus:bg-raised aria-disabled:cursor-not-allowed aria-disabled:text-muted ${isDanger && !obstacle ? 'text-bad' : ''}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        <span className="block">{name}</span>
        {obstacle && (
          // A description, and no part of the name.
          <span id={id} aria-hidden className="block text-xs text-muted">
            {obstacle}
          </span>
        )}
      </span>
    </button>
  )
}

/** Above the button where there is no room left below it. */
function placeOf(button: HTMLElement | null): string {
  const below = window.innerHeight - (button?.getBoundingClientRect().bottom ?? 0)
  return below < 240 ? 'bottom-full mb-1' : 'top-full mt-1'
}

function move(event: KeyboardEvent<HTMLElement>, count: number, close: () => void, leave: () => void) {
  const items = [...event.currentTarget.querySelectorAll('[role="menuitem"]')]
  const at = items.indexOf(document.activeElement as Element)
  const next = { ArrowDown: (at + 1) % count, ArrowUp: (at - 1 + count) % count, Home: 0, End: count - 1 }[
    event.key
  ]
  if (next !== undefined) {
    event.preventDefault()
    focusItem(event.currentTarget, next)
  } else if (event.key === 'Escape') {
    event.preventDefault()
    event.stopPropagation()
    close()
  } else if (event.key === 'Tab') leave()
}

function focusItem(list: HTMLElement | null, index: number) {
  list?.querySelectorAll<HTMLElement>('[role="menuitem"]')[index]?.focus()
}
