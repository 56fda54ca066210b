import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { groups, invitationGroups, invitations, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'
import type { MemberRole } from '@/lib/members/roles'
import { isOver } from './limits'

const mostShown = 100

export type OpenInvitationView = {
  id: string
  email: string
  role: MemberRole
  groups: string[]
  sentBy: { userId: string; name: string }
  sentAt: string
  expiresAt: string
  isExpired: boolean
  /** False as long as no mail server has taken the mail. */
  isMailed: boolean
}

/** The newest hundred invitations that were neither accepted nor withdrawn, and how many there are in all. */
export async function listInvitations(
  organizationId: string,
  now = new Date(),
): Promise<{ invitations: OpenInvitationView[]; count: number }> {
  const rows = await db()
    .select({
      invitation: invitations,
      sentBy: personName(users),
      count: sql<number>`(count(*) over ())::int`,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.createdBy))
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
      ),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(mostShown)
  const groupsOf = await findGroupNames(rows.map(({ invitation }) => invitation.id))
  return {
    invitations: rows.map(({ invitation, sentBy }) => ({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      groups: groupsOf.filter(({ id }) => id === invitation.id).map(({ name }) => name),
      sentBy: { userId: invitation.createdBy, name: sentBy },
      sentAt: invitation.createdAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
      isExpired: isOver(invitation, now),
      isMailed: invitation.mailedAt !== null,
    })),
    count: rows[0]?.count ?? 0,
  }
}

async function findGroupNames(ids: string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  return db()
    .select({ id: invitationGroups.invitationId, name: groups.name })
    .from(invitationGroups)
    .innerJoin(groups, eq(groups.id, invitationGroups.groupId))
    .where(inArray(invitationGroups.invitationId, ids))
    .orderBy(sql`lower(${groups.name})`)
}
