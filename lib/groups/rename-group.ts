import type { UserActor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeGroup } from './change-group'
import type { RenameGroup } from './inputs'
import { findGroupByName, updateGroup } from './store'

/** Refuses with `not-found`, or `name-taken` by another group (whatever its case). */
export async function renameGroup({ groupId, name }: RenameGroup, actor: UserActor, now = new Date()) {
  return changeGroup(groupId, actor, now, async (tx, group) => {
    if (group.name === name) return null
    const sameName = await findGroupByName(tx, actor.organizationId, name)
    if (sameName && sameName.id !== group.id) return refuse('name-taken', { name: sameName.name })
    await updateGroup(tx, group, { name })
    return { action: 'group.renamed', details: { name, nameBefore: group.name } }
  })
}
