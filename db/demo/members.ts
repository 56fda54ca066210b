import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { changeGroups } from '@/lib/groups/change-groups'
import { createGroup } from '@/lib/groups/create-group'
import { createFirstGroup } from '@/lib/groups/first-group'
import { listGroups, listOwnGroups } from '@/lib/groups/list-groups'
import { invite } from '@/lib/invitations/invite'
import { listInvitations } from '@/lib/invitations/list-invitations'

/** The group that every organization begins with. */
export async function giveFirstGroup(admin: UserActor, at: Date): Promise<void> {
  const { organizationId, userId } = admin
  if ((await listGroups(organizationId)).length > 0) return
  await db().transaction((tx) => createFirstGroup(tx, organizationId, userId, at))
}

/** A second group, without alerts, for the people who build on the API. */
export async function fillGroups(admin: UserActor, developer: UserActor, at: Date): Promise<void> {
  const created = await createGroup({ name: 'Integrations', accountAlerts: false }, admin, at)
  if (!created.ok) return
  const { groupId } = created.value
  await changeGroups({ userId: developer.userId, join: [groupId], leave: [] }, admin, at)
}

/** Into the group that is told when a key is about to end. */
export async function joinAlerts(
  admin: UserActor,
  { organizationId, userId }: UserActor,
  at: Date,
): Promise<void> {
  if ((await listOwnGroups(organizationId, userId)).some(({ accountAlerts }) => accountAlerts)) return
  const alerts = (await listGroups(organizationId)).find(({ accountAlerts }) => accountAlerts)
  if (alerts) await changeGroups({ userId, join: [alerts.id], leave: [] }, admin, at)
}

/** An invitation that waits for its answer; who takes the demo up again finds it there. */
export async function inviteSomebody(admin: UserActor, at: Date): Promise<void> {
  if ((await listInvitations(admin.organizationId, at)).count > 0) return
  const integrations = (await listGroups(admin.organizationId)).find(({ name }) => name === 'Integrations')
  const invited = await invite(
    {
      addresses: ['new.colleague@example.com'],
      role: 'developer',
      groupIds: integrations ? [integrations.id] : [],
    },
    admin,
    at,
  )
  if (!invited.ok) throw new Error(`the demo's invitation was refused: ${invited.reason}`)
}
