'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { Field, FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { removeExpiration } from '../actions'
import type { DialogProps } from './dialog-props'
import { keyWords } from './words'

export function RemoveExpirationDialog({ organizationId, keyShown, next, refresh }: DialogProps) {
  const [reason, setReason] = useState('')
  const [reviewOn, setReviewOn] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function remove() {
    setBusy(true)
    setError(null)
    const outcome = await removeExpiration(organizationId, {
      keyId: keyShown.id,
      ...(reason.trim() ? { reason } : {}),
      ...(reviewOn ? { reviewOn } : {}),
    }).catch(() => null)
    await refresh()
    setBusy(false)
    if (!outcome?.ok) return setError(keyWords(outcome))
    toast('good', 'The key never expires now')
    next(null)
  }

  return (
    <Dialog title="Remove the expiration?" onClose={() => next(null)}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void remove()
        }}
      >
        <p>
          We advise against it: a key that never expires stays dangerous for as long as anybody has a copy of
          it, and it is not replaced by the schedule. The other admins are told.
        </p>
        <p className="mt-2">
          Secrets that were copied before keep the expiry that they carry. Copy the Secret again afterwards to
          get one without.
        </p>
        <div className="mt-4 space-y-4">
          <Field
            label="Reason"
            optional
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            hint="For your auditors."
          />
          <Field
            label="Review on"
            optional
            type="date"
            value={reviewOn}
            onChange={(event) => setReviewOn(event.target.value)}
          />
        </div>
        <FieldError error={error} />
        <DialogButtons>
          <Button onClick={() => next(null)}>Cancel</Button>
          <Button type="submit" look="danger" busy={busy}>
            Remove Expiration
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
