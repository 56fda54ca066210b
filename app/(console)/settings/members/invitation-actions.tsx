'use client'

import { MailX, Send } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import type { OpenInvitationView } from '@/lib/invitations/list-invitations'
import { resendInvitation, withdrawInvitation } from './actions'
import { useChange } from './use-change'
import { useResend } from './use-resend'

type Props = { organizationId: string; invitation: Pick<OpenInvitationView, 'id' | 'email'> }

export function InvitationActions({ organizationId, invitation }: Props) {
  const [isWithdrawing, setIsWithdrawing] = useState(false)
  const { resend, busy } = useResend(() => resendInvitation(organizationId, { invitationId: invitation.id }))
  return (
    <div className="flex justify-end">
      <IconButton name="Resend" icon={Send} busy={busy} onClick={() => resend(invitation.email)} />
      <IconButton name="Withdraw" icon={MailX} onClick={() => setIsWithdrawing(true)} />
      {isWithdrawing && (
        <WithdrawDialog
          organizationId={organizationId}
          invitation={invitation}
          onClose={() => setIsWithdrawing(false)}
        />
      )}
    </div>
  )
}

function WithdrawDialog({ organizationId, invitation, onClose }: Props & { onClose: () => void }) {
  const { run, busy, error } = useChange(onClose)

  async function withdraw() {
    const outcome = await run(() => withdrawInvitation(organizationId, { invitationId: invitation.id }))
    if (outcome) toast('good', `The invitation of ${invitation.email} is withdrawn`)
  }

  return (
    <Dialog title="Withdraw the invitation?" onClose={onClose}>
      <p className="[overflow-wrap:anywhere]">
        The link that was mailed to <strong className="font-semibold">{invitation.email}</strong> stops
        working at once. You can invite them again.
      </p>
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={withdraw}>
          Withdraw
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
