import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { media } from '@/db/schema'
import { findChanges, findOrganization, findRequests } from './store'
import { historyReach, type OrganizationView, organizationView } from './view'

/** One organization as the support desk sees it; null when there is none of this id. */
export async function viewOrganization(id: string, now = new Date()): Promise<OrganizationView | null> {
  // One snapshot: the number of the last change belongs to the limit that is shown.
  return db().transaction(
    async (tx) => {
      const row = await findOrganization(tx, id)
      if (!row) return null
      const [usage] = await tx
        .select({
          files: sql<number>`count(*)::int`,
          bytes: sql<number>`coalesce(sum(${media.bytes}), 0)::float8`,
        })
        .from(media)
        .where(eq(media.organizationId, id))
      return organizationView(
        row,
        usage ?? { files: 0, bytes: 0 },
        await findChanges(tx, id, historyReach),
        await findRequests(tx, id, historyReach),
        now,
      )
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
