'use client'

import { CircleCheck, CircleX, X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { IconButton } from './icon-button'

type Toast = { id: number; tone: 'good' | 'bad'; text: string }

let toasts: Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function change(next: Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

const close = (id: number) => change(toasts.filter((toast) => toast.id !== id))

/**
 * Shows a line at the bottom right, in the place of the one before: good news goes by itself, bad news stays until it
 * is closed.
 */
export function toast(tone: Toast['tone'], text: string): void {
  change([{ id: nextId++, tone, text }])
}

/** What was said of the last step is over when the next one begins. */
export function clearToasts(): void {
  if (toasts.length > 0) change([])
}

const none: Toast[] = []

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The place of the toasts; mounted once, empty, so that screen readers hear what arrives in it. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  )
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed right-0 bottom-0 z-20 flex w-full max-w-sm flex-col gap-2 p-4"
    >
      {shown.map((item) => (
        <ToastLine key={item.id} item={item} />
      ))}
    </div>
  )
}

function ToastLine({ item }: { item: Toast }) {
  const good = item.tone === 'good'
  useEffect(() => {
    if (!good) return
    const timer = setTimeout(() => close(item.id), 6_000)
    return () => clearTimeout(timer)
  }, [good, item.id])
  const Icon = good ? CircleCheck : CircleX
  return (
    <div
      className={`pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line py-1.5 pr-1.5 pl-3.5 shadow-lg ${good ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}
    >
      <Icon aria-hidden className="mt-1.5 size-4 shrink-0" />
      <p className="grow py-1 font-medium">{item.text}</p>
      <IconButton name="Dismiss" icon={X} onClick={() => close(item.id)} className="text-current" />
    </div>
  )
}
