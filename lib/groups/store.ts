import { and, count, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { groupMembers, groups } from '@/db/schema'

export type GroupRow = typeof groups.$inferSelect

/** Of these ids those that the organization has; another one's group is like one that never was. */
export async function findGroups(
  tx: Transaction,
  organizationId: string,
  groupIds: readonly string[],
): Promise<GroupRow[]> {
  if (groupIds.length === 0) return []
  return tx
    .select()
    .from(groups)
    .where(and(eq(groups.organizationId, organizationId), inArray(groups.id, [...groupIds])))
    .orderBy(sql`lower(${groups.name})`)
}

export async function findGroup(
  tx: Transaction,
  organizationId: string,
  groupId: string,
): Promise<GroupRow | null> {
  const [row] = await findGroups(tx, organizationId, [groupId])
  return row ?? null
}

/** Whatever its case, as the unique index has it. */
export async function findGroupByName(
  tx: Transaction,
  organizationId: string,
  name: string,
): Promise<GroupRow | null> {
  const [row] = await tx
    .select()
    .from(groups)
    .where(and(eq(groups.organizationId, organizationId), sql`lower(${groups.name}) = lower(${name})`))
  return row ?? null
}

export async function countGroups(tx: Transaction, organizationId: string): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(groups)
    .where(eq(groups.organizationId, organizationId))
  return row?.count ?? 0
}

export async function insertGroup(tx: Transaction, row: typeof groups.$inferInsert): Promise<void> {
  await tx.insert(groups).values(row)
}

export async function updateGroup(
  tx: Transaction,
  { organizationId, id }: Pick<GroupRow, 'organizationId' | 'id'>,
  facts: Partial<Pick<GroupRow, 'name' | 'accountAlerts'>>,
): Promise<void> {
  await tx
    .update(groups)
    .set(facts)
    .where(and(eq(groups.organizationId, organizationId), eq(groups.id, id)))
}

export async function removeGroup(
  tx: Transaction,
  { organizationId, id }: Pick<GroupRow, 'organizationId' | 'id'>,
): Promise<void> {
  await tx.delete(groups).where(and(eq(groups.organizationId, organizationId), eq(groups.id, id)))
}

/** The groups that the person was not in before. */
export async function joinGroups(
  tx: Transaction,
  organizationId: string,
  userId: string,
  wanted: readonly GroupRow[],
): Promise<GroupRow[]> {
  if (wanted.length === 0) return []
  const joined = await tx
    .insert(groupMembers)
    .values(wanted.map(({ id }) => ({ organizationId, groupId: id, userId })))
    .onConflictDoNothing()
    .returning({ groupId: groupMembers.groupId })
  return wanted.filter(({ id }) => joined.some(({ groupId }) => groupId === id))
}

/** The groups that the person was in before. */
export async function leaveGroups(
  tx: Transaction,
  organizationId: string,
  userId: string,
  unwanted: readonly GroupRow[],
): Promise<GroupRow[]> {
  if (unwanted.length === 0) return []
  const left = await tx
    .delete(groupMembers)
    .where(
      and(
        eq(groupMembers.organizationId, organizationId),
        eq(groupMembers.userId, userId),
        inArray(
          groupMembers.groupId,
          unwanted.map(({ id }) => id),
        ),
      ),
    )
    .returning({ groupId: groupMembers.groupId })
  return unwanted.filter(({ id }) => left.some(({ groupId }) => groupId === id))
}
