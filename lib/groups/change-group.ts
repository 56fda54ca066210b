import type { Transaction } from '@/db/client'
import type { AuditFacts } from '@/lib/audit/chain'
import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { changeMembers } from '@/lib/members/change-members'
import { done, type Refusal, refuse } from '@/lib/outcome'
import { findGroup, type GroupRow } from './store'

type Change = { action: string; details?: AuditFacts['details'] }

/**
 * The shape that changes of one group share. `write` answers what is recorded, null where nothing changes, or a
 * refusal. Refuses with `not-found`.
 */
export async function changeGroup<R extends Refusal = never>(
  groupId: string,
  actor: UserActor,
  now: Date,
  write: (tx: Transaction, group: GroupRow) => Promise<Change | null | R>,
) {
  return changeMembers('groups:change', actor, async (tx) => {
    const group = await findGroup(tx, actor.organizationId, groupId)
    if (!group) return refuse('not-found')
    const change = await write(tx, group)
    if (!change) return done()
    if ('ok' in change) return change
    const { action, details } = change
    await record(
      tx,
      actor,
      { action, subjectKind: 'group', subjectId: group.id, details: { name: group.name, ...details } },
      now,
    )
    return done()
  })
}
