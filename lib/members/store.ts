import { and, count, eq, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { memberships, organizations, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'
import type { MemberRole } from './roles'

export type MemberRow = { userId: string; name: string; email: string; role: MemberRole; isSupport: boolean }

/** Changes of an organization's members and groups wait here for each other; its settings and keys do not. */
export async function lockMembers(tx: Transaction, organizationId: string): Promise<void> {
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for('no key update')
}

/** Null for a member of another organization only, exactly as for somebody who never was. */
export async function findMember(
  tx: Transaction,
  organizationId: string,
  userId: string,
): Promise<MemberRow | null> {
  const [row] = await tx
    .select({
      userId: users.id,
      name: personName(users),
      email: users.email,
      role: memberships.role,
      isSupport: users.isSupport,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)))
  return row ?? null
}

/** Whether the organization would be without an admin if this one went. */
export async function isLastAdmin(
  tx: Transaction,
  organizationId: string,
  { userId, role }: Pick<MemberRow, 'userId' | 'role'>,
): Promise<boolean> {
  if (role !== 'admin') return false
  const [others] = await tx
    .select({ count: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.role, 'admin'),
        ne(memberships.userId, userId),
      ),
    )
  return others?.count === 0
}

/** False when the person is a member already, who keeps the role that they have. */
export async function insertMember(tx: Transaction, row: typeof memberships.$inferInsert): Promise<boolean> {
  const inserted = await tx
    .insert(memberships)
    .values(row)
    .onConflictDoNothing()
    .returning({ userId: memberships.userId })
  return inserted.length === 1
}

export async function setRole(
  tx: Transaction,
  organizationId: string,
  userId: string,
  role: MemberRole,
): Promise<void> {
  await tx
    .update(memberships)
    .set({ role })
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)))
}

/** The person's groups go with the membership. */
export async function deleteMember(tx: Transaction, organizationId: string, userId: string): Promise<void> {
  await tx
    .delete(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)))
}

export async function belongsSomewhere(tx: Transaction, userId: string): Promise<boolean> {
  const [row] = await tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .limit(1)
  return row !== undefined
}
