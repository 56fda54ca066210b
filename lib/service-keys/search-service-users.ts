import { and, asc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { serviceUsers } from '@/db/schema'
import { partPattern } from './matching'

export type FoundServiceUser = {
  id: string
  name: string
  /** Keys that are neither expired nor deleted; at most `mostLiveKeys`. */
  liveKeys: number
}

const mostServiceUsers = 20

/** The organization's service users whose name has this text in it, ignoring case; by name, twenty at most. */
export async function searchServiceUsers(
  organizationId: string,
  text: string,
  now = new Date(),
): Promise<FoundServiceUser[]> {
  return db()
    .select({
      id: serviceUsers.id,
      name: serviceUsers.name,
      liveKeys: sql<number>`(
        select count(*)::int from service_keys as keys
        where keys.service_user_id = service_users.id and keys.deleted_at is null
          and (keys.expires_at is null or keys.expires_at > ${now.toISOString()}))`,
    })
    .from(serviceUsers)
    .where(
      and(
        eq(serviceUsers.organizationId, organizationId),
        text === '' ? undefined : sql`lower(${serviceUsers.name}) like ${partPattern(text)}`,
      ),
    )
    .orderBy(asc(sql`lower(${serviceUsers.name})`))
    .limit(mostServiceUsers)
}

/** What one of them is called; null for another organization's exactly as for one that was never there. */
export async function findServiceUserName(organizationId: string, id: string): Promise<string | null> {
  const [found] = await db()
    .select({ name: serviceUsers.name })
    .from(serviceUsers)
    .where(and(eq(serviceUsers.organizationId, organizationId), eq(serviceUsers.id, id)))
  return found?.name ?? null
}
