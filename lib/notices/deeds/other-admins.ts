import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { memberships } from '@/db/schema'
import { type Actor, userIdOf } from '@/lib/auth/actor'

/** Ids of the organization's admins except the one who acts; all of them where it is no person. */
export async function findOtherAdmins(tx: Transaction, actor: Actor): Promise<string[]> {
  const userId = userIdOf(actor)
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, actor.organizationId),
        eq(memberships.role, 'admin'),
        userId === null ? undefined : ne(memberships.userId, userId),
      ),
    )
    .orderBy(memberships.userId)
  return rows.map((row) => row.userId)
}
