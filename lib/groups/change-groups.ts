import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { changeMembers } from '@/lib/members/change-members'
import { findMember } from '@/lib/members/store'
import { done, refuse } from '@/lib/outcome'
import type { ChangeGroups } from './inputs'
import { findGroups, type GroupRow, joinGroups, leaveGroups } from './store'

/** Puts a member into groups and takes them out of others. Refuses with `not-found` for the member or any group. */
export async function changeGroups(
  { userId, join, leave }: ChangeGroups,
  actor: UserActor,
  now = new Date(),
) {
  const { organizationId } = actor
  return changeMembers('groups:change', actor, async (tx) => {
    const member = await findMember(tx, organizationId, userId)
    const [wanted, unwanted] = [
      await findGroups(tx, organizationId, join),
      await findGroups(tx, organizationId, leave),
    ]
    const isComplete = wanted.length === new Set(join).size && unwanted.length === new Set(leave).size
    if (!member || !isComplete) return refuse('not-found')
    const left = await leaveGroups(tx, organizationId, userId, unwanted)
    const joined = await joinGroups(tx, organizationId, userId, wanted)
    if (left.length + joined.length === 0) return done()
    await record(
      tx,
      actor,
      {
        action: 'member.groups-changed',
        subjectKind: 'user',
        subjectId: userId,
        details: { email: member.email, joined: namesOf(joined), left: namesOf(left) },
      },
      now,
    )
    return done()
  })
}

const namesOf = (groups: readonly GroupRow[]) => groups.map(({ name }) => name).join(', ')
