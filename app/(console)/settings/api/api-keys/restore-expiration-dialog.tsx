'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { Moment } from '@/components/ui/moment'
import { toast } from '@/components/ui/toast'
import { latestExpiry, restoredExpiry } from '@/lib/organization-keys/lifecycle'
import { replacementDue } from '@/lib/organization-keys/schedule'
import { restoreExpiration } from '../actions'
import type { DialogProps } from './dialog-props'
import { ExpiryPicker } from './expiry-picker'
import { factsOf } from './key-facts'
import { keyWords } from './words'

export function RestoreExpirationDialog({ organizationId, keyShown, view, next, refresh }: DialogProps) {
  const [opened] = useState(() => new Date(view.now))
  const [expiresAt, setExpiresAt] = useState<Date | null>(() =>
    restoredExpiry(
      keyShown.removedExpiresAt ? new Date(keyShown.removedExpiresAt) : null,
      view.replaceEveryDays,
      opened,
    ),
  )
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const due = replacementDue({ ...factsOf(keyShown), expirationRestoredAt: opened, expiresAt })

  async function restore() {
    if (!expiresAt) return
    setBusy(true)
    setError(null)
    const outcome = await restoreExpiration(organizationId, {
      keyId: keyShown.id,
      expiresAt: expiresAt.toISOString(),
    }).catch(() => null)
    await refresh()
    setBusy(false)
    if (!outcome?.ok) return setError(keyWords(outcome))
    toast('good', 'The key expires again')
    next(null)
  }

  return (
    <Dialog title="Restore the expiration" onClose={() => next(null)} wide>
      <p className="mb-4 text-muted">
        From that moment on the key is refused, whatever the Secrets say that were copied while it never
        expired. The other admins are told.
      </p>
      <ExpiryPicker
        legend="Active for"
        from={opened}
        latest={latestExpiry(opened)}
        expiresAt={expiresAt}
        busy={busy}
        onChoose={setExpiresAt}
      />
      <p role="status" className="mt-2 text-muted">
        {expiresAt && (
          <>
            Expires <Moment at={expiresAt.toISOString()} form="zoned" />.{' '}
            {due && (
              <>
                The schedule replaces it on <Moment at={due.toISOString()} form="date" />; both keys are
                accepted from then on.
              </>
            )}
          </>
        )}
      </p>
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={() => next(null)}>Cancel</Button>
        <Button look="primary" busy={busy} disabled={!expiresAt} onClick={restore}>
          Restore Expiration
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
