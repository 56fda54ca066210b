import type { Transaction } from '@/db/client'
import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { endSessionsOf } from '@/lib/auth/session'
import { endStepUps } from '@/lib/auth/step-up'
import { tellOfEndedAdmin } from '@/lib/notices/deeds/tell-of-admin'
import { done, refuse } from '@/lib/outcome'
import { belongsSomewhere, deleteMember, isLastAdmin, type MemberRow } from './store'

/**
 * Ends a membership with its groups and everything that was confirmed by a code. Whoever belongs nowhere any more is
 * signed out everywhere; others lose this organization at their next request. Refuses with `last-admin`.
 */
export async function endMembership(
  tx: Transaction,
  member: MemberRow,
  action: 'member.removed' | 'member.left',
  actor: UserActor,
  now: Date,
) {
  const { organizationId } = actor
  const { userId, email, role } = member
  if (await isLastAdmin(tx, organizationId, member)) return refuse('last-admin')
  await deleteMember(tx, organizationId, userId)
  await endStepUps(tx, member)
  const isSignedOut = !member.isSupport && !(await belongsSomewhere(tx, userId))
  if (isSignedOut) await endSessionsOf(tx, userId)
  if (role === 'admin') await tellOfEndedAdmin(tx, actor, member, null, now)
  await record(
    tx,
    actor,
    { action, subjectKind: 'user', subjectId: userId, details: { email, role, isSignedOut } },
    now,
  )
  return done({ isSignedOut })
}
