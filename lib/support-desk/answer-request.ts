import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { mediaLimitRequests } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { answerOf, decisionOf } from '@/lib/media/decision'
import { done, refuse } from '@/lib/outcome'
import { findRequest, type LimitRequestRow } from './store'

/**
 * The request, while it waits for its one answer. Refuses with `not-found`, or with `already-answered` and who was
 * first; the caller holds the organization's lock.
 */
export async function openRequest(tx: Transaction, organizationId: string, requestId: string) {
  const found = await findRequest(tx, organizationId, requestId)
  if (!found) return refuse('not-found')
  const { request, answeredBy } = found
  if (!request.answeredAt) return done(request)
  return refuse('already-answered', {
    by: answeredBy,
    at: request.answeredAt,
    decision: decisionOf(request),
    grantedBytes: request.grantedBytes,
    answer: request.answer,
  })
}

/** Writes the answer; `grantedBytes` null declines. The caller tells what is `told` of it and records its `event`. */
export async function answerRequest(
  tx: Transaction,
  request: LimitRequestRow,
  { grantedBytes, answer }: { grantedBytes: number | null; answer: string },
  actor: UserActor,
  now: Date,
) {
  await tx
    .update(mediaLimitRequests)
    .set({ answeredAt: now, answeredBy: actor.userId, grantedBytes, answer })
    .where(eq(mediaLimitRequests.id, request.id))
  const decision = answerOf(request.wantedBytes, grantedBytes)
  const event = {
    action: `media.limit-request-${decision}`,
    subjectKind: 'media-limit-request',
    subjectId: request.id,
    details: { wanted: request.wantedBytes, granted: grantedBytes, answer },
  }
  const { wantedBytes, reason, createdAt } = request
  return { event, told: { decision, wantedBytes, reason, askedAt: createdAt.toISOString() } }
}
