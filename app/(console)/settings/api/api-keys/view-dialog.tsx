'use client'

import { LoaderCircle } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { CodeForm } from './code-form'
import type { DialogProps } from './dialog-props'
import { SecretPanel } from './secret-panel'
import { useReveal } from './use-reveal'

const titles = { hidden: 'View API key', asking: 'View API key', code: 'Enter the code', shown: 'Secret' }

export function ViewDialog({ organizationId, keyShown, apiUrl, next }: DialogProps) {
  const reveal = useReveal(organizationId, keyShown.id)
  const { phase, error, ask, hide } = reveal
  const asked = useRef(false)

  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void ask()
  })

  return (
    <Dialog title={titles[phase.at]} onClose={() => next(null)} wide={phase.at === 'shown'}>
      {phase.at === 'asking' && (
        <p role="status" className="flex items-center gap-2 py-4 text-muted">
          <LoaderCircle aria-hidden className="size-4 animate-spin" /> One moment…
        </p>
      )}
      {phase.at === 'code' && <CodeForm reveal={reveal} to={phase.to} />}
      {phase.at === 'shown' && (
        <SecretPanel revealed={phase.revealed} copied={phase.copied} apiUrl={apiUrl} onHide={hide} />
      )}
      {phase.at === 'hidden' && (
        <>
          {error ? <FieldError error={error} /> : <p className="text-muted">The Secret is hidden again.</p>}
          <DialogButtons>
            <Button onClick={() => next(null)}>Close</Button>
            <Button look="primary" onClick={() => void ask()}>
              {error ? 'Try again' : 'Show again'}
            </Button>
          </DialogButtons>
        </>
      )}
    </Dialog>
  )
}
