import type { Transaction } from '@/db/client'
import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import type { GroupRow } from '@/lib/groups/store'
import { newId } from '@/lib/id'
import type { MemberRole } from '@/lib/members/roles'
import { endOfInvitation } from './limits'
import { insertInvitation } from './store'
import { digestOf, newToken } from './token'

/** What goes into the mail and nowhere else. */
export type IssuedInvitation = { id: string; token: string; email: string; role: MemberRole; expiresAt: Date }

export async function issueInvitation(
  tx: Transaction,
  { email, role, groups }: { email: string; role: MemberRole; groups: readonly GroupRow[] },
  action: 'invitation.sent' | 'invitation.resent',
  actor: UserActor,
  now: Date,
): Promise<IssuedInvitation> {
  const { organizationId } = actor
  const id = newId('inv')
  const token = newToken()
  const expiresAt = endOfInvitation(now)
  await insertInvitation(
    tx,
    {
      id,
      organizationId,
      email,
      role,
      tokenDigest: digestOf(token),
      createdAt: now,
      createdBy: actor.userId,
      expiresAt,
    },
    groups.map((group) => group.id),
  )
  await record(
    tx,
    actor,
    {
      action,
      subjectKind: 'invitation',
      subjectId: id,
      details: {
        email,
        role,
        groups: groups.map(({ name }) => name).join(', '),
        expiresAt: expiresAt.toISOString(),
      },
    },
    now,
  )
  return { id, token, email, role, expiresAt }
}
