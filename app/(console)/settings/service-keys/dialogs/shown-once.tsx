'use client'

import { Check, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { shellQuoted } from '@/lib/shell-quoted'
import { useWayBack } from './use-way-back'

type Props = {
  title: string
  /** The secret. It is in this component's hands only, and goes with it. */
  text: string
  apiUrl: string
  onClose: () => void
  children: ReactNode
}

/** The only time that a secret is on a screen: whoever closes without having copied it is asked first. */
export function ShownOnce({ title, text, apiUrl, onClose, children }: Props) {
  const [isCopied, setIsCopied] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const stay = useRef<HTMLDivElement>(null)
  const curl = `curl ${shellQuoted(`${apiUrl}/v1/whoami`)} -H ${shellQuoted(`Authorization: Bearer ${text}`)}`
  const copied = () => {
    setIsCopied(true)
    setIsAsking(false)
  }
  const leave = useWayBack(() => {
    if (isCopied) onClose()
    else setIsAsking(true)
    return isCopied
  })
  const close = () => {
    leave()
    onClose()
  }

  useEffect(() => {
    if (isCopied) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isCopied])

  useEffect(() => {
    if (isAsking) stay.current?.focus()
  }, [isAsking])

  return (
    <Dialog
      title={title}
      wide
      closesOutside
      onClose={() => (isCopied ? close() : setIsAsking((was) => !was))}
    >
      <p className="flex gap-2 rounded-lg bg-warn-soft p-3 text-warn">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <strong className="font-semibold">This secret is shown only once.</strong> Copy it now and keep it
          where your program reads it. Keyturn stores no copy, so nobody can show it again.
        </span>
      </p>
      {/* Copied by hand counts as well, where the browser keeps the clipboard from us. */}
      <section
        aria-label="Secret"
        onCopy={copied}
        className="mt-4 rounded-lg border border-line bg-raised p-3"
      >
        <code className="block font-mono leading-6 break-all select-all">{text}</code>
      </section>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <CopyButton text={text} look="primary" onCopied={copied} />
        <span role="status" className="flex items-center gap-1.5 text-good">
          {isCopied && (
            <>
              <Check aria-hidden className="size-4" />
              You have copied it.
            </>
          )}
        </span>
      </div>
      {children}
      <h3 className="mt-5 font-medium">Try it</h3>
      <section aria-label="curl" onCopy={copied} className="mt-1 rounded-lg border border-line bg-raised p-3">
        <code className="block font-mono text-xs leading-5 break-all whitespace-pre-wrap select-all">
          {curl}
        </code>
      </section>
      <div className="mt-3">
        <CopyButton text={curl} label="Copy as curl" onCopied={copied} />
      </div>
      {isAsking ? (
        <div
          ref={stay}
          role="alertdialog"
          aria-label="Close without copying?"
          aria-describedby="not-copied"
          tabIndex={-1}
          className="mt-6 rounded-lg border border-bad bg-bad-soft p-3 outline-none"
        >
          <p id="not-copied" className="text-bad">
            <strong className="font-semibold">Close without copying?</strong> You have not copied the secret.
            Once this is closed it is gone, and only another rotation gives a new one.
          </p>
          <DialogButtons>
            <Button onClick={close}>Close Without Copying</Button>
            <Button look="primary" onClick={() => setIsAsking(false)}>
              Back to the Secret
            </Button>
          </DialogButtons>
        </div>
      ) : (
        <DialogButtons>
          <Button
            look={isCopied ? 'primary' : 'secondary'}
            onClick={() => (isCopied ? close() : setIsAsking(true))}
          >
            Close
          </Button>
        </DialogButtons>
      )}
    </Dialog>
  )
}
