import { and, eq, sql } from 'drizzle-orm'
import { type Database, db, type Transaction } from '@/db/client'
import { groupMembers, groups, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'

export type AlertRecipient = { userId: string; name: string; email: string }

/** Who gets the organization's account alerts: the members of all groups that are subscribed, each once, by name. */
export async function findAlertRecipients(
  organizationId: string,
  tx: Database | Transaction = db(),
): Promise<AlertRecipient[]> {
  return recipientsOf(organizationId, tx)
}

/** The first of them for a line of text, and how many there are. */
export async function summarizeAlertRecipients(
  organizationId: string,
  first = 3,
): Promise<{ names: string[]; count: number }> {
  const of = recipientsOf(organizationId, db()).as('recipients')
  const rows = await db()
    .select({ name: of.name, count: sql<number>`(count(*) over ())::int` })
    .from(of)
    .orderBy(sql`lower(${of.name})`, of.userId)
    .limit(first)
  return { names: rows.map(({ name }) => name), count: rows[0]?.count ?? 0 }
}

function recipientsOf(organizationId: string, tx: Database | Transaction) {
  const name = personName(users)
  return tx
    .select({ userId: users.id, name: name.as('name'), email: users.email })
    .from(groups)
    .innerJoin(
      groupMembers,
      and(eq(groupMembers.organizationId, groups.organizationId), eq(groupMembers.groupId, groups.id)),
    )
    .innerJoin(users, eq(users.id, groupMembers.userId))
    .where(and(eq(groups.organizationId, organizationId), eq(groups.accountAlerts, true)))
    .groupBy(users.id)
    .orderBy(sql`lower(${name})`, users.id)
}
