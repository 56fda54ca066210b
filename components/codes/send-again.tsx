'use client'

import { useEffect, useState } from 'react'
import { doorWords } from '@/components/refusals'
import { Button } from '@/components/ui/button'
import { codeWords } from './code-words'

const waitSeconds = 30

type Sent = { ok: true; value: { sent: boolean } } | { ok: false; reason: string; details?: unknown }

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
  const [sent, setSent] = useState(false)

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
    if (!outcome?.ok) return onError(outcome ? (codeWords(outcome) ?? doorWords(outcome)) : doorWords(null))
    setSent(outcome.value.sent)
    setLeft(waitSeconds)
    if (!outcome.value.sent)
      onError('No more codes can be sent for now. The last one that you got is still good.')
  }

  return (
    <span className="-ml-3.5 flex items-center">
      <Button look="quiet" busy={busy} disabled={left > 0} onClick={sendNow}>
        Send a new code{left > 0 ? ` (${left} s)` : ''}
      </Button>
      <span aria-live="polite" className="text-muted">
        {sent && left > waitSeconds - 4 ? 'Sent.' : ''}
      </span>
    </span>
  )
}
