'use client'

import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from './icon-button'
import { clearToasts } from './toast'

type Props = {
  title: string
  onClose: () => void
  children: ReactNode
  wide?: boolean
  /** A click outside of it counts as closing, for dialogs in which nothing is typed. */
  closesOutside?: boolean
}

/**
 * A native modal dialog, open for as long as it is mounted: the browser traps the focus, closes on Escape and
 * gives the focus back to whatever opened it.
 */
export function Dialog({ title, onClose, children, wide = false, closesOutside = false }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleRef = useRef<HTMLHeadingElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = ref.current
    const opener = document.activeElement
    clearToasts()
    dialog?.showModal()
    // The browser would start at the button that closes; a reader starts at what the dialog is about.
    titleRef.current?.focus()
    const showBackground = hideBackground(dialog)
    return () => {
      dialog?.close()
      showBackground()
      giveFocusBack(opener)
    }
  }, [])

  // A step that replaces the one with the focus begins at its title as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title is what a new step changes
  useEffect(() => {
    if (!ref.current?.contains(document.activeElement)) titleRef.current?.focus()
  }, [title])

  return createPortal(
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // The dialog's own area is its children's; what hits the element itself hit the backdrop.
      onMouseDown={({ target, currentTarget }) => closesOutside && target === currentTarget && onClose()}
      // Browsers let nobody be held: asked a second time, as by Escape, they close without asking us.
      onClose={({ currentTarget }) => {
        if (currentTarget.open) return
        currentTarget.showModal()
        onClose()
      }}
      className={`m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] overflow-y-auto rounded-xl border border-line bg-surface p-0 text-ink shadow-2xl ${wide ? 'max-w-2xl' : 'max-w-md'}`}
    >
      <div className="flex items-start justify-between gap-4 p-5 pb-0">
        <h2
          ref={titleRef}
          tabIndex={-1}
          id={titleId}
          className="outline-none text-base leading-8 font-semibold"
        >
          {title}
        </h2>
        <IconButton name="Close" icon={X} onClick={onClose} className="-mr-1.5" />
      </div>
      <div className="p-5 pt-2">{children}</div>
    </dialog>,
    document.body,
  )
}

/** To the opener; when that is gone, as a row's button is after its key was deleted, to the page's content. */
function giveFocusBack(opener: Element | null): void {
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body
  const target = isThere ? opener : document.getElementById('content')
  target?.focus()
}

/** Not every screen reader knows that a modal dialog makes the rest inert; all know `aria-hidden`. */
function hideBackground(dialog: HTMLElement | null): () => void {
  const background = [...document.body.children].filter(
    (each) => each !== dialog && !each.hasAttribute('inert'),
  )
  for (const each of background) {
    each.setAttribute('inert', '')
    each.setAttribute('aria-hidden', 'true')
  }
  return () => {
    for (const each of background) {
      each.removeAttribute('inert')
      each.removeAttribute('aria-hidden')
    }
  }
}

/** The row of buttons that ends a dialog; the last one is the one it is about. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>
}
