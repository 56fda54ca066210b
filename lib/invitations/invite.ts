import type { UserActor } from '@/lib/auth/actor'
import { findGroups } from '@/lib/groups/store'
import { changeMembers } from '@/lib/members/change-members'
import { done, refuse } from '@/lib/outcome'
import type { Invite } from './inputs'
import { type IssuedInvitation, issueInvitation } from './issue-invitation'
import { decideMails, isOver } from './limits'
import { mailInvitations } from './mail-invitations'
import {
  endInvitation,
  findMembersByAddress,
  findOpenByAddress,
  findOrganizationName,
  mailsSince,
} from './store'

/**
 * Invites addresses, whether or not they have accounts: nothing here asks, so nothing can tell. Answers whom it
 * invited, who is a member or invited already, and `unsent`: whose mail was not taken. Refuses with `not-found` for a
 * group of nobody, `too-many-invitations` or `too-many-to-address`; then nobody is invited.
 */
export async function invite({ addresses, role, groupIds }: Invite, actor: UserActor, now = new Date()) {
  const { organizationId } = actor
  const outcome = await changeMembers('members:invite', actor, async (tx) => {
    const groups = await findGroups(tx, organizationId, groupIds)
    if (groups.length < new Set(groupIds).size) return refuse('not-found')
    const members = await findMembersByAddress(tx, organizationId, addresses)
    const earlier = await findOpenByAddress(tx, organizationId, addresses)
    const waiting = earlier.filter((each) => !isOver(each, now)).map(({ email }) => email)
    const fresh = addresses.filter((each) => !members.includes(each) && !waiting.includes(each))
    const anHourAgo = new Date(now.getTime() - 3_600_000)
    const decision = decideMails(await mailsSince(tx, organizationId, anHourAgo), fresh)
    if (!decision.ok) return decision

    for (const each of earlier) if (isOver(each, now)) await endInvitation(tx, each, { withdrawnAt: now })
    const issued: IssuedInvitation[] = []
    for (const email of fresh)
      issued.push(await issueInvitation(tx, { email, role, groups }, 'invitation.sent', actor, now))
    return done({ issued, members, waiting, organization: await findOrganizationName(tx, organizationId) })
  })
  if (!outcome.ok) return outcome
  const { issued, members, waiting, organization } = outcome.value
  const unsent = await mailInvitations(issued, organization, actor, now)
  return done({ invited: issued.map(({ email }) => email), members, waiting, unsent })
}
