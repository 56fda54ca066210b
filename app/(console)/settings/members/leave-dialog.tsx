'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { leaveOrganization } from './actions'
import type { MemberDialogProps } from './member-dialog-props'
import { memberWords } from './words'

export type LeaveProps = Pick<MemberDialogProps, 'organizationId' | 'organizationName' | 'onClose'>

/** The same from the row of whoever reads the list. */
export function LeaveMemberDialog({ organizationId, organizationName, onClose }: MemberDialogProps) {
  return <LeaveDialog organizationId={organizationId} organizationName={organizationName} onClose={onClose} />
}

export function LeaveDialog({ organizationId, organizationName, onClose }: LeaveProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function leave() {
    setBusy(true)
    setError(null)
    const outcome = await leaveOrganization(organizationId, {}).catch(() => null)
    // A full load: nothing of the organization may stay on the page or in memory.
    if (outcome?.ok) return window.location.assign('/')
    setBusy(false)
    setError(memberWords(outcome))
  }

  return (
    <Dialog title={`Leave ${organizationName}?`} onClose={onClose}>
      <p>
        You lose its pages, its groups and its notifications at once. If it is your only organization, you are
        signed out everywhere. Only an admin can invite you again.
      </p>
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={leave}>
          Leave Organization
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
