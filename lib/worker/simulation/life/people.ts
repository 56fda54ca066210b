import { addMember } from '@/db/factories'
import type { UserActor } from '@/lib/auth/actor'
import { changeGroups } from '@/lib/groups/change-groups'
import { setAccountAlerts } from '@/lib/groups/set-account-alerts'
import { changeRole } from '@/lib/members/change-role'
import { leave } from '@/lib/members/leave'
import { removeMember } from '@/lib/members/remove'
import { memberRoles } from '@/lib/members/roles'
import { anyOf, chance } from '@/lib/worker/simulation/facts/random'
import type { Organization } from '@/lib/worker/simulation/facts/world'
import { type Act, anAdmin, type Doing, expectTold, succeed } from './act'

/** Writes down who is told of what from now on. */
export function noteAudience(organization: Organization, phase: number): void {
  const { members, groups } = organization
  const alerted = groups.filter(({ alerts }) => alerts).flatMap((group) => [...group.members])
  organization.alerted.set(phase, new Set(alerted))
  organization.admins.set(
    phase,
    new Set([...members].filter(([, role]) => role === 'admin').map(([userId]) => userId)),
  )
}

const noting =
  (act: Act): Act =>
  async (organization, doing) => {
    const isDone = await act(organization, doing)
    noteAudience(organization, doing.phase)
    return isDone
  }

export const turnAlerts = noting(async (organization, doing) => {
  const group = anyOf(organization.groups, doing.random)
  if (!group) return false
  const on = !group.alerts
  await succeed(setAccountAlerts({ groupId: group.id, on }, anAdmin(organization, doing), doing.at))
  group.alerts = on
  return true
})

export const moveBetweenGroups = noting(async (organization, doing) => {
  const userId = anyOf([...organization.members.keys()], doing.random)
  const group = anyOf(organization.groups, doing.random)
  if (!userId || !group) return false
  const isIn = group.members.has(userId)
  const [join, leaving] = isIn ? [[], [group.id]] : [[group.id], []]
  await succeed(changeGroups({ userId, join, leave: leaving }, anAdmin(organization, doing), doing.at))
  if (isIn) group.members.delete(userId)
  else group.members.add(userId)
  return true
})

export const joinOrganization = noting(async (organization, doing) => {
  const { world, random, at } = doing
  const userId = anyOf([...world.people.keys()], random)
  const group = anyOf(organization.groups, random)
  if (!userId || !group || organization.members.has(userId) || organization.members.size > 8) return false
  const role = anyOf(memberRoles, random) ?? 'member'
  await addMember(organization.id, userId, role, at)
  organization.members.set(userId, role)
  await succeed(changeGroups({ userId, join: [group.id], leave: [] }, anAdmin(organization, doing), doing.at))
  group.members.add(userId)
  return true
})

export const endMembership = noting(async (organization, doing) => {
  const userId = someoneDispensable(organization, doing)
  const role = userId && organization.members.get(userId)
  const email = userId && doing.world.people.get(userId)
  if (!role || !email) return false
  const admin = anAdmin(organization, doing)
  const goes = admin.userId === userId || chance(doing.random, 50)
  const actor = goes ? { ...admin, userId, email, role } : admin
  await succeed(goes ? leave(actor, doing.at) : removeMember({ userId }, actor, doing.at))
  organization.members.delete(userId)
  for (const group of organization.groups) group.members.delete(userId)
  if (role === 'admin') expectEndedAdminTold(organization, userId, doing, actor)
  return true
})

export const giveAnotherRole = noting(async (organization, doing) => {
  const userId = someoneDispensable(organization, doing)
  const from = userId && organization.members.get(userId)
  const role = anyOf(memberRoles, doing.random)
  if (!from || !role || role === from) return false
  const actor = anAdmin(organization, doing)
  await succeed(changeRole({ userId, from, role }, actor, doing.at))
  organization.members.set(userId, role)
  if (from === 'admin') expectEndedAdminTold(organization, userId, doing, actor)
  return true
})

/** The admins who are left hear of it, and whoever is none any more. */
function expectEndedAdminTold({ members }: Organization, userId: string, doing: Doing, by: UserActor): void {
  const admins = [...members].filter(([, role]) => role === 'admin').map(([each]) => each)
  expectTold('admin-ended', userId, doing, [...admins, userId], by)
}

/** An organization keeps an admin. */
function someoneDispensable({ members, admins }: Organization, { random }: Doing): string | null {
  const dispensable = [...members.keys()].filter(
    (userId) => admins.latest.size > 1 || !admins.latest.has(userId),
  )
  return anyOf(dispensable, random)
}
