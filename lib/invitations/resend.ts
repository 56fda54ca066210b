import type { UserActor } from '@/lib/auth/actor'
import { changeMembers } from '@/lib/members/change-members'
import { done, refuse } from '@/lib/outcome'
import { issueInvitation } from './issue-invitation'
import { decideMails } from './limits'
import { mailInvitations } from './mail-invitations'
import {
  endInvitation,
  findOrganizationName,
  groupsOfInvitation,
  lockOpenInvitation,
  mailsSince,
} from './store'

/**
 * Sends an invitation anew, for another 7 days; the former link stops working. Refuses with `not-found`, also for one
 * that was accepted or withdrawn, `too-many-invitations` or `too-many-to-address`. Answers whether the mail was taken.
 */
export async function resendInvitation(
  { invitationId }: { invitationId: string },
  actor: UserActor,
  now = new Date(),
) {
  const { organizationId } = actor
  const outcome = await changeMembers('members:invite', actor, async (tx) => {
    const former = await lockOpenInvitation(tx, organizationId, invitationId)
    if (!former) return refuse('not-found')
    const anHourAgo = new Date(now.getTime() - 3_600_000)
    const decision = decideMails(await mailsSince(tx, organizationId, anHourAgo), [former.email])
    if (!decision.ok) return decision
    const groups = await groupsOfInvitation(tx, former)
    await endInvitation(tx, former, { withdrawnAt: now })
    const issued = await issueInvitation(tx, { ...former, groups }, 'invitation.resent', actor, now)
    return done({ issued, organization: await findOrganizationName(tx, organizationId) })
  })
  if (!outcome.ok) return outcome
  const { issued, organization } = outcome.value
  const unsent = await mailInvitations([issued], organization, actor, now)
  return done({ invitationId: issued.id, isSent: unsent.length === 0 })
}
