import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'

/** Who gets an organization's account alerts, as a query of `user_id`: once for each subscribed group that one is in. */
export function alertRecipients(organizationId: SQL): SQL {
  return sql`select group_members.user_id from groups
    join group_members on group_members.organization_id = groups.organization_id and group_members.group_id = groups.id
    where groups.organization_id = ${organizationId} and groups.account_alerts`
}

/** The first of them by name, each once, for a line of text, and how many there are. */
export async function summarizeAlertRecipients(
  organizationId: string,
  first = 3,
): Promise<{ names: string[]; count: number }> {
  const name = personName(users)
  const rows = await db()
    .select({ name: name.as('name'), count: sql<number>`(count(*) over ())::int` })
    .from(users)
    .where(sql`${users.id} in (${alertRecipients(sql`${organizationId}`)})`)
    .orderBy(sql`lower(${name})`, users.id)
    .limit(first)
  return { names: rows.map(({ name }) => name), count: rows[0]?.count ?? 0 }
}
