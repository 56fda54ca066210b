import { db, type Transaction } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { can, type Permission } from '@/lib/auth/permissions'
import { type Outcome, type Refusal, refuse } from '@/lib/outcome'
import { findMember, lockMembers } from './store'

/**
 * The shape that changes of members, groups and invitations share: one at a time in an organization, and the actor's
 * role is read again under the lock. Of two admins who remove each other at once the second one is none any more.
 */
export async function changeMembers<O extends Outcome<unknown, Refusal>>(
  permission: Permission,
  actor: UserActor,
  change: (tx: Transaction) => Promise<O>,
) {
  return db().transaction(async (tx) => {
    await lockMembers(tx, actor.organizationId)
    const self = await findMember(tx, actor.organizationId, actor.userId)
    if (!can(self?.role ?? null, permission)) return refuse('forbidden')
    return change(tx)
  })
}
