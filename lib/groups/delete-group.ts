import type { UserActor } from '@/lib/auth/actor'
import { changeGroup } from './change-group'
import { removeGroup } from './store'

/** Deletes a group; its members stay members of the organization. Refuses with `not-found`. */
export async function deleteGroup({ groupId }: { groupId: string }, actor: UserActor, now = new Date()) {
  return changeGroup(groupId, actor, now, async (tx, group) => {
    await removeGroup(tx, group)
    return { action: 'group.deleted', details: { accountAlerts: group.accountAlerts } }
  })
}
