import type { UserActor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeMembers } from './change-members'
import { endMembership } from './end-membership'
import { findMember } from './store'

/** Leaves the organization. Refuses with `last-admin`. */
export async function leave(actor: UserActor, now = new Date()) {
  return changeMembers('members:leave', actor, async (tx) => {
    const self = await findMember(tx, actor.organizationId, actor.userId)
    return self ? endMembership(tx, self, 'member.left', actor, now) : refuse('forbidden')
  })
}
