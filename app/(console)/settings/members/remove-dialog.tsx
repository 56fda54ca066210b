'use client'

import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { can } from '@/lib/auth/permissions'
import { removeMember } from './actions'
import type { MemberDialogProps } from './member-dialog-props'
import { useChange } from './use-change'

export function RemoveDialog(props: MemberDialogProps) {
  const { organizationId, organizationName, member, onClose } = props
  const { run, busy, error } = useChange(onClose)

  async function remove() {
    const outcome = await run(() => removeMember(organizationId, { userId: member.userId }))
    if (outcome) toast('good', `${member.name} is removed`)
  }

  return (
    <Dialog title={`Remove ${member.name}?`} onClose={onClose}>
      <p className="[overflow-wrap:anywhere]">
        <strong className="font-semibold">{member.email}</strong> loses {organizationName} and its groups at
        once, wherever they are signed in. They can be invited again.
      </p>
      <Stays {...props} />
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={remove}>
          Remove Member
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

/** What removing a person does not end. */
function Stays({ member, openInvitations }: MemberDialogProps) {
  const stays = [
    can(member.role, 'organization-keys:reveal') &&
      'A Secret that they have copied keeps working. Revoke the key under Settings > API if it should not.',
    can(member.role, 'service-keys:generate') && 'Service keys that they made keep working.',
    openInvitations > 0 &&
      `${openInvitations === 1 ? 'One invitation that they sent stays' : `${openInvitations} invitations that they sent stay`} open until withdrawn.`,
  ].filter((each) => each !== false)
  if (stays.length === 0) return null
  return (
    <ul className="mt-3 list-disc space-y-1 rounded-lg bg-raised p-3 pl-7">
      {stays.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}
