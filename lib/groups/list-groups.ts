import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { groupMembers, groups, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'

/** `firstMembers` are the names of at most three. */
export type GroupView = {
  id: string
  name: string
  accountAlerts: boolean
  memberCount: number
  firstMembers: string[]
}

/** The organization's groups by name. */
export async function listGroups(organizationId: string): Promise<GroupView[]> {
  const name = personName(users)
  return db()
    .select({
      id: groups.id,
      name: groups.name,
      accountAlerts: groups.accountAlerts,
      memberCount: sql<number>`count(${groupMembers.userId})::int`,
      firstMembers: sql<
        string[]
      >`coalesce(to_jsonb((array_agg(${name} order by lower(${name}), ${users.id}) filter (where ${users.id} is not null))[1:3]), '[]')`,
    })
    .from(groups)
    .leftJoin(
      groupMembers,
      and(eq(groupMembers.organizationId, groups.organizationId), eq(groupMembers.groupId, groups.id)),
    )
    .leftJoin(users, eq(users.id, groupMembers.userId))
    .where(eq(groups.organizationId, organizationId))
    .groupBy(groups.id)
    .orderBy(sql`lower(${groups.name})`)
}

/** The groups that a member is in, by name: all that people learn of groups whatever their role. */
export async function listOwnGroups(
  organizationId: string,
  userId: string,
): Promise<Pick<GroupView, 'name' | 'accountAlerts'>[]> {
  return db()
    .select({ name: groups.name, accountAlerts: groups.accountAlerts })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.userId, userId)))
    .orderBy(sql`lower(${groups.name})`)
}
