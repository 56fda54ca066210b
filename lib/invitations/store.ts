import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { type Database, db, type Transaction } from '@/db/client'
import { groups, invitationGroups, invitations, memberships, organizations, users } from '@/db/schema'
import type { GroupRow } from '@/lib/groups/store'
import type { SentMail } from './limits'

export type InvitationRow = typeof invitations.$inferSelect

const isOpen = () => and(isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt))

/** Neither accepted nor withdrawn; it may have expired. Locked. Null for another organization's as for an absent one. */
export async function lockOpenInvitation(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<InvitationRow | null> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, id), isOpen()))
    .for('update')
  return row ?? null
}

/** The same by the link's token, with the organization's name. */
export async function findByToken(
  tokenDigest: Buffer,
): Promise<(InvitationRow & { organizationName: string }) | null> {
  const [row] = await db()
    .select({ invitation: invitations, organizationName: organizations.name })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(and(eq(invitations.tokenDigest, tokenDigest), isOpen()))
  return row ? { ...row.invitation, organizationName: row.organizationName } : null
}

export async function findOpenByAddress(
  tx: Transaction,
  organizationId: string,
  addresses: readonly string[],
): Promise<InvitationRow[]> {
  return tx
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        inArray(invitations.email, [...addresses]),
        isOpen(),
      ),
    )
    .for('update')
}

/** Of these addresses those of members; whether another one has an account is not asked. */
export async function findMembersByAddress(
  tx: Transaction,
  organizationId: string,
  addresses: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, organizationId), inArray(users.email, [...addresses])))
  return rows.map(({ email }) => email)
}

export function mailsSince(tx: Transaction, organizationId: string, since: Date): Promise<SentMail[]> {
  return tx
    .select({ email: invitations.email, createdAt: invitations.createdAt })
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), gt(invitations.createdAt, since)))
}

export async function insertInvitation(
  tx: Transaction,
  row: typeof invitations.$inferInsert,
  groupIds: readonly string[],
): Promise<void> {
  await tx.insert(invitations).values(row)
  if (groupIds.length === 0) return
  const { organizationId, id: invitationId } = row
  await tx
    .insert(invitationGroups)
    .values(groupIds.map((groupId) => ({ organizationId, invitationId, groupId })))
}

export async function endInvitation(
  tx: Transaction,
  { organizationId, id }: Pick<InvitationRow, 'organizationId' | 'id'>,
  end: { acceptedAt: Date } | { withdrawnAt: Date },
): Promise<void> {
  await tx
    .update(invitations)
    .set(end)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, id)))
}

export async function markMailed(organizationId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db()
    .update(invitations)
    .set({ mailedAt: at })
    .where(and(eq(invitations.organizationId, organizationId), inArray(invitations.id, [...ids])))
}

/** The groups of an invitation that are still there, by name. */
export async function groupsOfInvitation(
  tx: Database | Transaction,
  { organizationId, id }: Pick<InvitationRow, 'organizationId' | 'id'>,
): Promise<GroupRow[]> {
  const rows = await tx
    .select({ group: groups })
    .from(invitationGroups)
    .innerJoin(groups, eq(groups.id, invitationGroups.groupId))
    .where(and(eq(invitationGroups.organizationId, organizationId), eq(invitationGroups.invitationId, id)))
    .orderBy(sql`lower(${groups.name})`)
  return rows.map(({ group }) => group)
}

export async function findOrganizationName(
  tx: Transaction,
  organizationId: string,
): Promise<{ name: string; timeZone: string }> {
  const [row] = await tx
    .select({ name: organizations.name, timeZone: organizations.timeZone })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  if (!row) throw new Error(`organization ${organizationId} is not there`)
  return row
}
