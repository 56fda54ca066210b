import { aliasedTable, and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { media, mediaLimitChanges, mediaLimitRequests, organizations, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'
import { decisionOf } from './decision'
import { limitFactsOf } from './limit'
import type { MediaView, OpenLimitRequest, SupportDecision } from './media-view'

const shownDecisions = 5

/** The organization's limit, what is in use of it, and what stands between it and support. */
export async function readMedia(organizationId: string, now = new Date()): Promise<MediaView> {
  const [[limit], [usage], openRequest, changes, declined] = await Promise.all([
    db()
      .select({
        mediaLimitBytes: organizations.mediaLimitBytes,
        temporaryMediaLimitBytes: organizations.temporaryMediaLimitBytes,
        temporaryMediaLimitEndsAt: organizations.temporaryMediaLimitEndsAt,
      })
      .from(organizations)
      .where(eq(organizations.id, organizationId)),
    db()
      .select({
        files: sql<number>`count(*)::float8`,
        totalBytes: sql<number>`coalesce(sum(${media.bytes}), 0)::float8`,
      })
      .from(media)
      .where(eq(media.organizationId, organizationId)),
    findOpenRequest(organizationId),
    findChanges(organizationId),
    findAnswersWithoutChange(organizationId),
  ])
  if (!limit || !usage) throw new Error(`organization ${organizationId} does not exist`)
  return {
    limit: limitFactsOf(limit),
    ...usage,
    openRequest,
    decisions: [...changes, ...declined].sort((a, b) => b.at.localeCompare(a.at)).slice(0, shownDecisions),
    now: now.toISOString(),
  }
}

async function findOpenRequest(organizationId: string): Promise<OpenLimitRequest | null> {
  const [open] = await db()
    .select({ request: mediaLimitRequests, createdBy: personName(users) })
    .from(mediaLimitRequests)
    .innerJoin(users, eq(users.id, mediaLimitRequests.createdBy))
    .where(and(eq(mediaLimitRequests.organizationId, organizationId), isNull(mediaLimitRequests.answeredAt)))
  if (!open) return null
  const { wantedBytes, reason, createdAt } = open.request
  return { wantedBytes, reason, createdAt: createdAt.toISOString(), createdBy: open.createdBy }
}

async function findChanges(organizationId: string): Promise<SupportDecision[]> {
  const rows = await db()
    .select({ change: mediaLimitChanges, request: mediaLimitRequests, by: personName(users) })
    .from(mediaLimitChanges)
    .innerJoin(users, eq(users.id, mediaLimitChanges.changedBy))
    .leftJoin(mediaLimitRequests, eq(mediaLimitRequests.id, mediaLimitChanges.requestId))
    .where(eq(mediaLimitChanges.organizationId, organizationId))
    .orderBy(desc(mediaLimitChanges.number))
    .limit(shownDecisions)
  return rows.map(({ change, request, by }) => ({
    id: `change ${change.number}`,
    kind: kindOf(request),
    at: change.changedAt.toISOString(),
    by,
    reason: change.reason,
    bytes: change.toBytes,
    endsAt: change.endsAt?.toISOString() ?? null,
    wantedBytes: request?.wantedBytes ?? null,
  }))
}

/** Declined, or granted what the limit already was. */
async function findAnswersWithoutChange(organizationId: string): Promise<SupportDecision[]> {
  const answerer = aliasedTable(users, 'answerer')
  const rows = await db()
    .select({ request: mediaLimitRequests, by: personName(answerer) })
    .from(mediaLimitRequests)
    .innerJoin(answerer, eq(answerer.id, mediaLimitRequests.answeredBy))
    .leftJoin(mediaLimitChanges, eq(mediaLimitChanges.requestId, mediaLimitRequests.id))
    .where(
      and(
        eq(mediaLimitRequests.organizationId, organizationId),
        isNotNull(mediaLimitRequests.answeredAt),
        isNull(mediaLimitChanges.number),
      ),
    )
    .orderBy(desc(mediaLimitRequests.answeredAt))
    .limit(shownDecisions)
  return rows.map(({ request, by }) => ({
    id: request.id,
    kind: kindOf(request),
    at: (request.answeredAt ?? request.createdAt).toISOString(),
    by,
    reason: request.answer ?? '',
    bytes: request.grantedBytes,
    endsAt: null,
    wantedBytes: request.wantedBytes,
  }))
}

function kindOf(request: typeof mediaLimitRequests.$inferSelect | null): SupportDecision['kind'] {
  const decision = request && decisionOf(request)
  return decision === null || decision === 'open' ? 'changed' : decision
}
