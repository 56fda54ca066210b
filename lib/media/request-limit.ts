import { eq, isNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { mediaLimitRequests, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { lockOrganization, nameOfUser } from '@/lib/organization-keys/store'
import { done, refuse } from '@/lib/outcome'
import { effectiveMediaLimit, largestMediaLimitBytes, limitFactsOf } from './limit'
import type { OpenLimitRequest } from './media-view'
import { tellSupport } from './tell-support'

type Input = { wantedBytes: number; reason: string }

/**
 * Asks support for a larger limit; changes none, and answers the request as it stands open. Refuses with `not-larger`
 * or `too-large` and the bound, and with `already-open` and what is open: an organization has one open request at the
 * most. A temporary limit does not hinder asking for as much for good.
 */
export async function requestLimit(input: Input, actor: UserActor, now = new Date()) {
  const outcome = await db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    const limitBytes = effectiveMediaLimit(limitFactsOf(organization), now.getTime())
    const assuredBytes = Math.min(limitBytes, organization.mediaLimitBytes)
    if (input.wantedBytes <= assuredBytes) return refuse('not-larger', { limitBytes: assuredBytes })
    if (input.wantedBytes > largestMediaLimitBytes)
      return refuse('too-large', { largestBytes: largestMediaLimitBytes })

    const id = newId('mlr')
    const asked = { ...input, organizationId: organization.id, createdAt: now, createdBy: actor.userId }
    const inserted = await tx
      .insert(mediaLimitRequests)
      .values({ id, ...asked })
      .onConflictDoNothing({
        target: mediaLimitRequests.organizationId,
        where: sql`${mediaLimitRequests.answeredAt} is null`,
      })
      .returning({ id: mediaLimitRequests.id })
    if (inserted.length === 0) return refuse('already-open', await findOpen(tx, organization.id))
    const event = { action: 'media.limit-requested', subjectKind: 'media-limit-request', subjectId: id }
    await record(tx, actor, { ...event, details: { ...input, limitBytes } }, now)
    const support = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(eq(users.isSupport, true))
    return done({ id, organizationName: organization.name, limitBytes, support })
  })
  if (!outcome.ok) return outcome
  await tellSupport({ ...outcome.value, ...input, by: actor })
  const request: OpenLimitRequest = { ...input, createdAt: now.toISOString(), createdBy: actor.name }
  return done({ id: outcome.value.id, request })
}

async function findOpen(tx: Transaction, organizationId: string) {
  const [open] = await tx
    .select()
    .from(mediaLimitRequests)
    .where(
      sql`${eq(mediaLimitRequests.organizationId, organizationId)} and ${isNull(mediaLimitRequests.answeredAt)}`,
    )
  if (!open) throw new Error('the open request is gone while its organization is locked')
  return { wantedBytes: open.wantedBytes, by: await nameOfUser(tx, open.createdBy), at: open.createdAt }
}
