import { asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { mediaLimitRequests, organizations } from '@/db/schema'
import { type LimitView, viewLimit } from './view'

/** So many waiting requests stand at the top of the support desk. */
export const openRequestsShown = 10

export type WaitingRequest = {
  organizationId: string
  organizationName: string
  limit: LimitView
  wantedBytes: number
  reason: string
  askedAt: string
}

/** The requests that wait for an answer, longest first, and how many there are in all. */
export async function listOpenRequests(
  now = new Date(),
): Promise<{ requests: WaitingRequest[]; total: number }> {
  const rows = await db()
    .select({
      organization: {
        id: organizations.id,
        name: organizations.name,
        mediaLimitBytes: organizations.mediaLimitBytes,
        temporaryMediaLimitBytes: organizations.temporaryMediaLimitBytes,
        temporaryMediaLimitEndsAt: organizations.temporaryMediaLimitEndsAt,
      },
      wantedBytes: mediaLimitRequests.wantedBytes,
      reason: mediaLimitRequests.reason,
      askedAt: mediaLimitRequests.createdAt,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(mediaLimitRequests)
    .innerJoin(organizations, eq(organizations.id, mediaLimitRequests.organizationId))
    .where(isNull(mediaLimitRequests.answeredAt))
    .orderBy(asc(mediaLimitRequests.createdAt), asc(mediaLimitRequests.id))
    .limit(openRequestsShown)
  return {
    requests: rows.map(({ organization, wantedBytes, reason, askedAt }) => ({
      organizationId: organization.id,
      organizationName: organization.name,
      limit: viewLimit(organization, now),
      wantedBytes,
      reason,
      askedAt: askedAt.toISOString(),
    })),
    total: rows[0]?.total ?? 0,
  }
}
