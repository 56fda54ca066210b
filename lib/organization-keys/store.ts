import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { organizationKeys, organizations, users } from '@/db/schema'

export type OrganizationKeyRow = typeof organizationKeys.$inferSelect
export type OrganizationRow = typeof organizations.$inferSelect

/** Locks the organization's row: everything that changes its keys waits here, so that two admins meet in one order. */
export async function lockOrganization(tx: Transaction, organizationId: string): Promise<OrganizationRow> {
  const [row] = await tx
    .select()
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for('update')
  if (!row) throw new Error(`organization ${organizationId} does not exist`)
  return row
}

/** Null for another organization's key exactly as for one that was never there. */
export async function findKey(
  tx: Transaction | Database,
  organizationId: string,
  keyId: string,
): Promise<OrganizationKeyRow | null> {
  const [row] = await tx
    .select()
    .from(organizationKeys)
    .where(and(eq(organizationKeys.organizationId, organizationId), eq(organizationKeys.id, keyId)))
  return row ?? null
}

/** The key without a successor; it may have expired. */
export async function findCurrentKey(
  tx: Transaction | Database,
  organizationId: string,
): Promise<OrganizationKeyRow | null> {
  const [row] = await tx
    .select()
    .from(organizationKeys)
    .where(
      and(
        eq(organizationKeys.organizationId, organizationId),
        isNull(organizationKeys.successorId),
        isNull(organizationKeys.deletedAt),
      ),
    )
  return row ?? null
}

export async function lastGeneration(tx: Transaction, organizationId: string): Promise<number> {
  const [row] = await tx
    .select({ generation: organizationKeys.generation })
    .from(organizationKeys)
    .where(eq(organizationKeys.organizationId, organizationId))
    .orderBy(desc(organizationKeys.generation))
    .limit(1)
  return row?.generation ?? 0
}

export async function insertKey(
  tx: Transaction,
  row: typeof organizationKeys.$inferInsert,
): Promise<OrganizationKeyRow> {
  const [inserted] = await tx.insert(organizationKeys).values(row).returning()
  if (!inserted) throw new Error('insert returned no row')
  return inserted
}

export async function updateKey(
  tx: Transaction,
  key: Pick<OrganizationKeyRow, 'id' | 'organizationId'>,
  facts: Partial<typeof organizationKeys.$inferInsert>,
): Promise<OrganizationKeyRow> {
  const [updated] = await tx
    .update(organizationKeys)
    .set(facts)
    .where(and(eq(organizationKeys.organizationId, key.organizationId), eq(organizationKeys.id, key.id)))
    .returning()
  if (!updated) throw new Error(`organization key ${key.id} does not exist`)
  return updated
}

export async function nameOfUser(tx: Transaction | Database, userId: string | null): Promise<string | null> {
  if (!userId) return null
  const [row] = await tx
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, userId))
  return row ? (row.name ?? row.email) : null
}
