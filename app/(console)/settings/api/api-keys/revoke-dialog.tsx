'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { Moment } from '@/components/ui/moment'
import { graceEnd } from '@/lib/organization-keys/lifecycle'
import { revokeKey } from '../actions'
import type { DialogProps } from './dialog-props'
import { UsageLine } from './usage-line'
import { keyWords } from './words'

export function RevokeDialog({ organizationId, keyShown, view, next, refresh }: DialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  // Another admin may have been first while this dialog stood open: then the deadline is a fact already.
  const isOver = keyShown.state !== 'active'
  const grace = graceEnd(
    { expiresAt: keyShown.expiresAt ? new Date(keyShown.expiresAt) : null },
    new Date(view.now),
  )
  const until = (isOver && keyShown.deadline) || grace.toISOString()

  async function revoke() {
    setBusy(true)
    setError(null)
    const outcome = await revokeKey(organizationId, { keyId: keyShown.id }).catch(() => null)
    await refresh()
    setBusy(false)
    if (outcome?.ok) next({ dialog: 'created', keyId: outcome.value.successorId })
    else setError(keyWords(outcome))
  }

  return (
    <Dialog title="Revoke this API key?" onClose={() => next(null)}>
      <p>
        A new key is made at once and takes the place of <code className="font-mono">{keyShown.masked}</code>.
        You have up to 30 days of grace to replace the old key in your systems; both keys work in that time.
        The other admins are told.
      </p>
      <dl className="mt-4 grid grid-cols-[7.5rem_1fr] gap-x-3 gap-y-1.5 rounded-lg border border-line bg-raised p-3">
        <dt className="text-muted">Accepted until</dt>
        <dd className="font-medium">
          <Moment at={until} form="zoned" />
        </dd>
        <dt className="text-muted">Still used by</dt>
        <dd>
          <UsageLine keyShown={keyShown} />
        </dd>
      </dl>
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={() => next(null)}>{isOver || error ? 'Close' : 'Cancel'}</Button>
        {(busy || !isOver) && (
          <Button look="danger" busy={busy} onClick={revoke}>
            Revoke Key
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  )
}
