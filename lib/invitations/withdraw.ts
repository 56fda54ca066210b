import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { changeMembers } from '@/lib/members/change-members'
import { done, refuse } from '@/lib/outcome'
import { endInvitation, lockOpenInvitation } from './store'

/** Ends an invitation: its link stops working. Refuses with `not-found`, also for one that has ended. */
export async function withdrawInvitation(
  { invitationId }: { invitationId: string },
  actor: UserActor,
  now = new Date(),
) {
  return changeMembers('members:invite', actor, async (tx) => {
    const invitation = await lockOpenInvitation(tx, actor.organizationId, invitationId)
    if (!invitation) return refuse('not-found')
    await endInvitation(tx, invitation, { withdrawnAt: now })
    const { id, email, role } = invitation
    await record(
      tx,
      actor,
      { action: 'invitation.withdrawn', subjectKind: 'invitation', subjectId: id, details: { email, role } },
      now,
    )
    return done()
  })
}
