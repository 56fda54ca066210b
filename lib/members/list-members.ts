import { and, asc, count, eq, ilike, inArray, max, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditEvents, groupMembers, groups, memberships, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'
import { containing } from '@/lib/like-pattern'
import { cursorText } from './cursor'
import type { MemberSearch } from './inputs'
import type { MemberRole } from './roles'

export const pageSize = 50

export type MemberView = {
  userId: string
  /** The address, where a person has given no name. */
  name: string
  email: string
  role: MemberRole
  groups: { id: string; name: string }[]
  since: string
  /** Null where the log of the organization has no sign-in of the person yet. */
  lastSignInAt: string | null
}

export type MemberPage = { members: MemberView[]; next: string | null }

/** A page of members by name, and the cursor of the next one, if there is a next one. */
export async function listMembers(organizationId: string, search: MemberSearch): Promise<MemberPage> {
  const rows = await membersQuery(organizationId, search)
  const shown = rows.slice(0, pageSize)
  const userIds = shown.map(({ userId }) => userId)
  const [groupsOf, signIns] =
    userIds.length > 0
      ? await Promise.all([findGroupsOf(organizationId, userIds), findSignIns(organizationId, userIds)])
      : [[], []]
  const last = rows.length > pageSize ? shown.at(-1) : undefined
  return {
    members: shown.map(({ sortedBy: _, ...row }) => ({
      ...row,
      since: row.since.toISOString(),
      groups: groupsOf.filter(({ userId }) => userId === row.userId).map(({ id, name }) => ({ id, name })),
      lastSignInAt: signIns.find(({ userId }) => userId === row.userId)?.at?.toISOString() ?? null,
    })),
    next: last ? cursorText({ name: last.sortedBy, userId: last.userId }) : null,
  }
}

export async function countMembers(organizationId: string): Promise<{ members: number; admins: number }> {
  const [row] = await db()
    .select({
      members: count(),
      admins: sql<number>`(count(*) filter (where ${memberships.role} = 'admin'))::int`,
    })
    .from(memberships)
    .where(eq(memberships.organizationId, organizationId))
  return row ?? { members: 0, admins: 0 }
}

function membersQuery(organizationId: string, { q, role, group, after }: MemberSearch) {
  const name = personName(users)
  const sortedBy = sql<string>`lower(${name})`
  const inGroup = db()
    .select({ userId: groupMembers.userId })
    .from(groupMembers)
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.groupId, group ?? '')))
  return db()
    .select({
      userId: users.id,
      name,
      email: users.email,
      role: memberships.role,
      since: memberships.createdAt,
      sortedBy,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        q ? or(ilike(users.name, containing(q)), ilike(users.email, containing(q))) : undefined,
        role ? eq(memberships.role, role) : undefined,
        group ? inArray(memberships.userId, inGroup) : undefined,
        after ? sql`(${sortedBy}, ${users.id}) > (${after.name}, ${after.userId})` : undefined,
      ),
    )
    .orderBy(sortedBy, asc(users.id))
    .limit(pageSize + 1)
}

function findGroupsOf(organizationId: string, userIds: string[]) {
  return db()
    .select({ userId: groupMembers.userId, id: groups.id, name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(and(eq(groupMembers.organizationId, organizationId), inArray(groupMembers.userId, userIds)))
    .orderBy(sql`lower(${groups.name})`)
}

/** As this organization's log has it: what people do elsewhere is not its business. */
function findSignIns(organizationId: string, userIds: string[]) {
  return db()
    .select({ userId: auditEvents.subjectId, at: max(auditEvents.at) })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.chain, organizationId),
        inArray(auditEvents.subjectId, userIds),
        eq(auditEvents.action, 'session.signed-in'),
      ),
    )
    .groupBy(auditEvents.subjectId)
}
