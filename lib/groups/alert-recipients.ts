import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { groupMembers, groups, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'

/**
 * Who gets the organization's account alerts, the members of all groups that are subscribed, each once: the first of
 * them by name for a line of text, and how many there are. (lib/notices/recipients.ts asks for many organizations.)
 */
export async function summarizeAlertRecipients(
  organizationId: string,
  first = 3,
): Promise<{ names: string[]; count: number }> {
  const name = personName(users)
  const rows = await db()
    .select({ name: name.as('name'), count: sql<number>`(count(*) over ())::int` })
    .from(groups)
    .innerJoin(
      groupMembers,
      and(eq(groupMembers.organizationId, groups.organizationId), eq(groupMembers.groupId, groups.id)),
    )
    .innerJoin(users, eq(users.id, groupMembers.userId))
    .where(and(eq(groups.organizationId, organizationId), eq(groups.accountAlerts, true)))
    .groupBy(users.id)
    .orderBy(sql`lower(${name})`, users.id)
    .limit(first)
  return { names: rows.map(({ name }) => name), count: rows[0]?.count ?? 0 }
}
