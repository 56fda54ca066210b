import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { groupMembers, groups, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'

/** `firstMembers` are the names of at most three; `isYours` says whether the reader is in the group. */
export type GroupView = {
  id: string
  name: string
  accountAlerts: boolean
  memberCount: number
  firstMembers: string[]
  isYours: boolean
}

/** The organization's groups by name. */
export async function listGroups(organizationId: string, readerId: string): Promise<GroupView[]> {
  const name = personName(users)
  const rows = await db()
    .select({
      id: groups.id,
      name: groups.name,
      accountAlerts: groups.accountAlerts,
      memberCount: sql<number>`count(${groupMembers.userId})::int`,
      firstMembers: sql<
        string[]
      >`coalesce(to_jsonb((array_agg(${name} order by lower(${name}), ${users.id}) filter (where ${users.id} is not null))[1:3]), '[]')`,
      isYours: sql<boolean>`coalesce(bool_or(${users.id} = ${readerId}), false)`,
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
  return rows
}
