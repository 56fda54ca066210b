'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { Moment } from '@/components/ui/moment'
import { toast } from '@/components/ui/toast'
import { latestExpiry } from '@/lib/organization-keys/lifecycle'
import { setKeyExpiry } from '../actions'
import { CodeForm } from './code-form'
import type { DialogProps } from './dialog-props'
import { ExpiryPicker } from './expiry-picker'
import { SecretPanel } from './secret-panel'
import { useReveal } from './use-reveal'
import { keyWords } from './words'

/** After Revoke: the key is there already; here its life is chosen and its Secret taken along. */
export function NewKeyDialog({ organizationId, keyShown, apiUrl, next, refresh }: DialogProps) {
  const reveal = useReveal(organizationId, keyShown.id)
  const { phase, hide } = reveal
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const createdAt = new Date(keyShown.createdAt)
  const saved = keyShown.expiresAt ? new Date(keyShown.expiresAt) : null
  const [chosen, setChosen] = useState(saved)

  // Saved when chosen, so that a Secret that is copied here already carries the right `exp`.
  async function choose(expiresAt: Date | null) {
    if (saving) return
    setChosen(expiresAt)
    if (!expiresAt) return hide()
    setSaving(true)
    setError(null)
    hide()
    const outcome = await setKeyExpiry(organizationId, {
      keyId: keyShown.id,
      expiresAt: expiresAt.toISOString(),
    }).catch(() => null)
    await refresh()
    setSaving(false)
    if (outcome?.ok) return
    setChosen(saved)
    setError(keyWords(outcome))
  }

  // The picker says what is wrong with the date; closing over it would quietly keep another one.
  function finish() {
    if (!chosen) return document.querySelector<HTMLInputElement>('dialog input[type=date]')?.focus()
    toast('good', 'The new key is active')
    next(null)
  }

  if (phase.at === 'code') {
    return (
      <Dialog title="Enter the code" onClose={hide}>
        <CodeForm reveal={reveal} to={phase.to} />
      </Dialog>
    )
  }
  return (
    <Dialog title="New API key" onClose={() => next(null)} wide>
      <ExpiryPicker
        legend="Active for"
        from={createdAt}
        latest={latestExpiry(createdAt)}
        expiresAt={chosen}
        busy={saving}
        onChoose={choose}
      />
      <p role="status" className="mt-2 text-muted">
        {saving
          ? 'Saving…'
          : keyShown.expiresAt && (
              <>
                Expires <Moment at={keyShown.expiresAt} form="zoned" />.{' '}
                {keyShown.replacementDue && (
                  <>
                    The schedule replaces it on <Moment at={keyShown.replacementDue} form="date" />.
                  </>
                )}
              </>
            )}
      </p>
      <FieldError error={error ?? reveal.error} />
      <div className="mt-4 border-t border-line pt-4">
        {phase.at === 'shown' ? (
          <SecretPanel revealed={phase.revealed} copied={phase.copied} apiUrl={apiUrl} onHide={hide} />
        ) : (
          <div className="flex flex-wrap items-center gap-2">
            <div className="grow">
              <p className="font-medium">Secret</p>
              <code className="font-mono text-muted">{keyShown.masked}</code>
            </div>
            <Button
              busy={phase.at === 'asking'}
              disabled={saving || !chosen}
              onClick={() => void reveal.ask()}
            >
              View
            </Button>
            <Button
              disabled={saving || !chosen || phase.at === 'asking'}
              onClick={() => void reveal.ask({ thenCopy: true })}
            >
              Copy
            </Button>
          </div>
        )}
      </div>
      <p className="mt-4 text-muted">You can also view and copy it later, from the table.</p>
      <DialogButtons>
        <Button look="primary" disabled={saving} onClick={finish}>
          Done
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
