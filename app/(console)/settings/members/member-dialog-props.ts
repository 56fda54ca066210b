import type { GroupView } from '@/lib/groups/list-groups'
import type { MemberView } from '@/lib/members/list-members'

export type MemberDialogProps = {
  organizationId: string
  organizationName: string
  member: MemberView
  isYou: boolean
  /** How many invitations of theirs are open. */
  openInvitations: number
  groups: GroupView[]
  onClose: () => void
}
