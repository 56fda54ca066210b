import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { changeMembers } from '@/lib/members/change-members'
import { done, refuse } from '@/lib/outcome'
import { type CreateGroup, mostGroups } from './inputs'
import { countGroups, findGroupByName, insertGroup } from './store'

/** Makes a group without members. Refuses with `name-taken` (whatever its case) or `too-many-groups`. */
export async function createGroup({ name, accountAlerts }: CreateGroup, actor: UserActor, now = new Date()) {
  const { organizationId } = actor
  return changeMembers('groups:change', actor, async (tx) => {
    const sameName = await findGroupByName(tx, organizationId, name)
    if (sameName) return refuse('name-taken', { name: sameName.name })
    if ((await countGroups(tx, organizationId)) >= mostGroups)
      return refuse('too-many-groups', { mostGroups })
    const id = newId('grp')
    await insertGroup(tx, { id, organizationId, name, accountAlerts, createdAt: now })
    await record(
      tx,
      actor,
      { action: 'group.created', subjectKind: 'group', subjectId: id, details: { name, accountAlerts } },
      now,
    )
    return done({ groupId: id })
  })
}
