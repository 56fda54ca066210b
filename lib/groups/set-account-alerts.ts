import type { UserActor } from '@/lib/auth/actor'
import { changeGroup } from './change-group'
import type { SetAccountAlerts } from './inputs'
import { updateGroup } from './store'

/** Subscribes a group to Account alerts, or ends that. Refuses with `not-found`. */
export async function setAccountAlerts(
  { groupId, on }: SetAccountAlerts,
  actor: UserActor,
  now = new Date(),
) {
  return changeGroup(groupId, actor, now, async (tx, group) => {
    if (group.accountAlerts === on) return null
    await updateGroup(tx, group, { accountAlerts: on })
    return { action: 'group.account-alerts-set', details: { on } }
  })
}
