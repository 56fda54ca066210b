import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { endStepUps } from '@/lib/auth/step-up'
import { tellOfEndedAdmin } from '@/lib/notices/deeds/tell-of-admin'
import { done, refuse } from '@/lib/outcome'
import { changeMembers } from './change-members'
import type { ChangeRole } from './inputs'
import { findMember, isLastAdmin, setRole } from './store'

/**
 * Gives a member another role, from their next request on. Refuses with `not-found`, `last-admin`, or
 * `changed-meanwhile` and the role that the person has now.
 */
export async function changeRole({ userId, from, role }: ChangeRole, actor: UserActor, now = new Date()) {
  const { organizationId } = actor
  return changeMembers('members:change-role', actor, async (tx) => {
    const member = await findMember(tx, organizationId, userId)
    if (!member) return refuse('not-found')
    if (member.role === role) return done()
    if (member.role !== from) return refuse('changed-meanwhile', { role: member.role })
    if (await isLastAdmin(tx, organizationId, member)) return refuse('last-admin')
    await setRole(tx, organizationId, userId, role)
    // What was confirmed in another role must not be waiting when this one comes back.
    if (can(from, 'organization-keys:reveal')) await endStepUps(tx, member)
    if (from === 'admin') await tellOfEndedAdmin(tx, actor, member, role, now)
    await record(
      tx,
      actor,
      {
        action: 'member.role-changed',
        subjectKind: 'user',
        subjectId: userId,
        details: { email: member.email, from, to: role },
      },
      now,
    )
    return done()
  })
}
