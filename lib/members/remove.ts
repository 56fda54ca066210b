import type { UserActor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeMembers } from './change-members'
import { endMembership } from './end-membership'
import { findMember } from './store'

/** Removes somebody else. Refuses with `not-found`, `yourself` or `last-admin`. */
export async function removeMember({ userId }: { userId: string }, actor: UserActor, now = new Date()) {
  return changeMembers('members:remove', actor, async (tx) => {
    if (userId === actor.userId) return refuse('yourself')
    const member = await findMember(tx, actor.organizationId, userId)
    return member ? endMembership(tx, member, 'member.removed', actor, now) : refuse('not-found')
  })
}
