import { aliasedTable, and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { mediaLimitChanges, mediaLimitRequests, organizations, users } from '@/db/schema'
import { personName, personNameOrNull } from '@/lib/auth/person-name'

export type LimitRequestRow = typeof mediaLimitRequests.$inferSelect

/** All that the support desk ever reads of an organization itself. */
const columns = {
  id: organizations.id,
  name: organizations.name,
  mediaLimitBytes: organizations.mediaLimitBytes,
  temporaryMediaLimitBytes: organizations.temporaryMediaLimitBytes,
  temporaryMediaLimitEndsAt: organizations.temporaryMediaLimitEndsAt,
}

export type DeskOrganizationRow = Pick<typeof organizations.$inferSelect, keyof typeof columns>

/** Locks the organization's row: changes of its limit and answers to its requests wait here. */
export async function lockOrganization(tx: Transaction, id: string): Promise<DeskOrganizationRow | null> {
  const [row] = await tx.select(columns).from(organizations).where(eq(organizations.id, id)).for('update')
  return row ?? null
}

export async function findOrganization(tx: Transaction, id: string): Promise<DeskOrganizationRow | null> {
  const [row] = await tx.select(columns).from(organizations).where(eq(organizations.id, id))
  return row ?? null
}

/** The changes of an organization's limit with who made them, latest first. */
export function findChanges(tx: Transaction, organizationId: string, limit: number) {
  return tx
    .select({ change: mediaLimitChanges, by: personName(users) })
    .from(mediaLimitChanges)
    .innerJoin(users, eq(users.id, mediaLimitChanges.changedBy))
    .where(eq(mediaLimitChanges.organizationId, organizationId))
    .orderBy(desc(mediaLimitChanges.number))
    .limit(limit)
}

/** The requests of an organization with who asked and who answered, latest first. */
export async function findRequests(
  tx: Transaction,
  organizationId: string,
  limit: number,
): Promise<{ request: LimitRequestRow; askedBy: string; answeredBy: string | null }[]> {
  const asker = aliasedTable(users, 'asker')
  const answerer = aliasedTable(users, 'answerer')
  return tx
    .select({
      request: mediaLimitRequests,
      askedBy: personName(asker),
      answeredBy: personNameOrNull(answerer),
    })
    .from(mediaLimitRequests)
    .innerJoin(asker, eq(asker.id, mediaLimitRequests.createdBy))
    .leftJoin(answerer, eq(answerer.id, mediaLimitRequests.answeredBy))
    .where(eq(mediaLimitRequests.organizationId, organizationId))
    .orderBy(desc(mediaLimitRequests.createdAt))
    .limit(limit)
}

/** Null for another organization's request exactly as for one that was never there. */
export async function findRequest(tx: Transaction, organizationId: string, requestId: string) {
  const [row] = await tx
    .select({
      request: mediaLimitRequests,
      answeredBy: personNameOrNull(users),
    })
    .from(mediaLimitRequests)
    .leftJoin(users, eq(users.id, mediaLimitRequests.answeredBy))
    .where(and(eq(mediaLimitRequests.organizationId, organizationId), eq(mediaLimitRequests.id, requestId)))
  return row ?? null
}
