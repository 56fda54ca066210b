'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { deleteKey } from '../actions'
import type { DialogProps } from './dialog-props'
import { UsageLine } from './usage-line'
import { keyWords } from './words'

export function DeleteDialog({ organizationId, keyShown, next, refresh }: DialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const isRetiring = keyShown.state === 'retiring'

  async function remove() {
    setBusy(true)
    setError(null)
    const outcome = await deleteKey(organizationId, { keyId: keyShown.id }).catch(() => null)
    if (!outcome?.ok) {
      setBusy(false)
      return setError(keyWords(outcome))
    }
    // The row goes before the dialog does, so that the focus is not given back to a button that is about to vanish.
    await refresh()
    toast('good', 'API key deleted')
    next(null)
  }

  return (
    <Dialog title="Delete this API key?" onClose={() => next(null)}>
      <p>
        {isRetiring ? (
          <>
            <strong className="font-semibold">Systems that still use it lose access at once.</strong> This
            cannot be undone. The other admins are told.
          </>
        ) : (
          <>
            It is not accepted any more. Deleting removes it from the table for good; auditors still find who
            used it last.
          </>
        )}
      </p>
      <dl className="mt-4 grid grid-cols-[7.5rem_1fr] gap-x-3 gap-y-1.5 rounded-lg border border-line bg-raised p-3">
        <dt className="text-muted">Key</dt>
        <dd>
          <code className="font-mono">{keyShown.masked}</code>
        </dd>
        <dt className="text-muted">Used by</dt>
        <dd>
          <UsageLine keyShown={keyShown} />
        </dd>
      </dl>
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={() => next(null)}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={remove}>
          Delete Key
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
