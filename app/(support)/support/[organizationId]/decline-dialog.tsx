'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError, TextArea } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { longestReason } from '@/lib/media/longest-reason'
import { exactSizeText, sizeText } from '@/lib/media/sizes'
import type { OpenRequestView, OrganizationView } from '@/lib/support-desk/view'
import { declineRequest } from '../actions'
import { deskWords, fieldErrors } from './words'

type Props = { organization: OrganizationView; request: OpenRequestView; onClose: () => void }

export function DeclineDialog({ organization, request, onClose }: Props) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [isOver, setIsOver] = useState(false)

  async function decline() {
    setWrong(reason.trim() ? null : 'Enter a reason.')
    setError(null)
    if (!reason.trim()) return
    setBusy(true)
    const input = { organizationId: organization.id, requestId: request.id, reason }
    const outcome = await declineRequest(input).catch(() => null)
    setBusy(false)
    if (outcome?.ok) {
      toast('good', 'The request is declined. The organization’s admins are told')
      onClose()
    } else {
      const aboutReason = fieldErrors(outcome).reason ?? null
      setWrong(aboutReason)
      if (!aboutReason) setError(deskWords(outcome))
      setIsOver(outcome?.reason === 'already-answered')
    }
    router.refresh()
  }

  return (
    <Dialog title="Decline the request" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void decline()
        }}
      >
        <p className="mb-4">
          {request.askedBy} asks for {exactSizeText(request.wantedBytes)}. The limit stays{' '}
          {sizeText(organization.limit.bytes)}; the admins can ask again.
        </p>
        <TextArea
          label="Reason"
          value={reason}
          maxLength={longestReason}
          onChange={(event) => setReason(event.target.value)}
          hint="The organization's admins read it: in a mail, under Notifications and under Settings > API."
          error={wrong}
        />
        <FieldError error={error} />
        <DialogButtons>
          <Button onClick={onClose}>{isOver ? 'Close' : 'Cancel'}</Button>
          {!isOver && (
            <Button type="submit" look="danger" busy={busy}>
              Decline
            </Button>
          )}
        </DialogButtons>
      </form>
    </Dialog>
  )
}
