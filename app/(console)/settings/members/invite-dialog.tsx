'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError, TextArea } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { useFirstError } from '@/components/ui/use-first-error'
import type { GroupView } from '@/lib/groups/list-groups'
import { invitationDays, mostAddressesAtOnce } from '@/lib/invitations/limits'
import type { MemberRole } from '@/lib/members/roles'
import { inviteMembers } from './actions'
import { GroupChoices } from './group-choices'
import { type Invited, InvitedDialog } from './invited-dialog'
import { RoleField } from './role-field'
import { useChange } from './use-change'

export type InviteProps = {
  organizationId: string
  organizationName: string
  groups: GroupView[]
  onClose: () => void
}

export function InviteDialog({ organizationId, organizationName, groups, onClose }: InviteProps) {
  const [addresses, setAddresses] = useState('')
  const [role, setRole] = useState<MemberRole>('member')
  const [groupIds, setGroupIds] = useState<string[]>([])
  const [invited, setInvited] = useState<Invited | null>(null)
  const { run, busy, error, errors } = useChange(() => {
    if (!invited) onClose()
  })
  const ref = useFirstError(errors)

  async function send() {
    const outcome = await run(() => inviteMembers(organizationId, { addresses, role, groupIds }))
    if (!outcome) return
    const { value } = outcome
    if (value.members.length + value.waiting.length + value.unsent.length > 0) return setInvited(value)
    const [only] = value.invited
    toast(
      'good',
      value.invited.length === 1 ? `${only} is invited` : `${value.invited.length} people are invited`,
    )
  }

  if (invited) return <InvitedDialog invited={invited} onClose={onClose} />
  return (
    <Dialog title={`Invite to ${organizationName}`} onClose={onClose}>
      <form
        ref={ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void send()
        }}
      >
        <div className="space-y-4">
          <TextArea
            label="Email addresses"
            value={addresses}
            maxLength={10_000}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => setAddresses(event.target.value)}
            hint={`Up to ${mostAddressesAtOnce}, with commas, spaces or line breaks between them. Each gets a mail of its own; the link in it works for ${invitationDays} days.`}
            error={errors.addresses}
          />
          <RoleField role={role} onChoose={setRole} />
          <GroupChoices groups={groups} chosen={groupIds} onChoose={setGroupIds} />
        </div>
        <FieldError error={error ?? errors.groupIds} />
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            Send Invitation
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
