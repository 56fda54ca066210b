'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { codeWords } from './code-words'

const waitSeconds = 30

const notes = {
  sent: 'Sent.',
  'just-sent': 'The last code is still good.',
  limit: 'No more codes this hour; the last one is still good.',
}

type Sent =
  | { ok: true; value: { sent: boolean; because: 'just-sent' | 'limit' | null; sentAt: Date } }
  | { ok: false; reason: string; details?: unknown }

/** "Send a new code", 30 seconds after the last one; counts down where it can be seen. */
export function SendAgain({
  send,
  onError,
}: {
  send: () => Promise<Sent>
  onError: (error: string | null) => void
}) {
  const [left, setLeft] = useState(waitSeconds)
  const [busy, setBusy] = useState(false)
  const [note, setNote] = useState('')

  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1_000)
    return () => clearTimeout(timer)
  }, [left])

  async function sendNow() {
    setBusy(true)
    onError(null)
    const outcome = await send().catch(() => null)
    setBusy(false)
    if (!outcome?.ok) return onError(codeWords(outcome))
    setLeft(waitSeconds)
    setNote(notes[outcome.value.because ?? 'sent'])
  }

  return (
    <span className="-ml-3.5 flex flex-wrap items-center">
      <Button look="quiet" busy={busy} disabled={left > 0} onClick={sendNow}>
        Send a new code{left > 0 ? ` (${left} s)` : ''}
      </Button>
      <span aria-live="polite" className="text-muted">
        {note}
      </span>
    </span>
  )
}
