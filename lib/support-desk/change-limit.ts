import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { mediaLimitChanges, organizations } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { limitFactsOf } from '@/lib/media/limit'
import { done, refuse } from '@/lib/outcome'
import type { SetMediaLimit } from './inputs'
import { limitAt, planChange } from './plan-change'
import { type DeskOrganizationRow, findChanges } from './store'

/**
 * Writes one change of a limit, under the organization's lock; the caller tells what is `told` of it and records its
 * `event`. The change wins only over what its author has seen: refuses with `changed-meanwhile` and the change that
 * came between, or with what `planChange` refuses.
 */
export async function changeLimit(
  tx: Transaction,
  organization: DeskOrganizationRow,
  input: SetMediaLimit & { requestId?: string },
  actor: UserActor,
  now: Date,
) {
  const [last] = await findChanges(tx, organization.id, 1)
  if ((last?.change.number ?? 0) !== input.seen) {
    if (!last) return refuse('not-found')
    const { number, changedAt, toBytes, endsAt, reason } = last.change
    return refuse('changed-meanwhile', { number, by: last.by, at: changedAt, to: toBytes, endsAt, reason })
  }
  const facts = limitFactsOf(organization)
  const before = limitAt(facts, now)
  const wanted = { bytes: input.bytes, endsAt: input.endsAt ?? null }
  const plan = planChange(facts, wanted, now)
  if (!plan.ok) return plan

  const number = input.seen + 1
  await tx
    .update(organizations)
    .set({
      mediaLimitBytes: plan.value.mediaLimitBytes,
      temporaryMediaLimitBytes: plan.value.temporaryMediaLimitBytes,
      temporaryMediaLimitEndsAt: wanted.endsAt,
    })
    .where(eq(organizations.id, organization.id))
  await tx.insert(mediaLimitChanges).values({
    organizationId: organization.id,
    number,
    fromBytes: before.bytes,
    toBytes: wanted.bytes,
    endsAt: wanted.endsAt,
    reason: input.reason,
    changedAt: now,
    changedBy: actor.userId,
    requestId: input.requestId ?? null,
  })
  const event = {
    action: 'media.limit-set',
    subjectKind: 'organization',
    subjectId: organization.id,
    details: {
      number,
      from: before.bytes,
      to: wanted.bytes,
      endsAt: wanted.endsAt?.toISOString() ?? null,
      reason: input.reason,
    },
  }
  const { bytes, endsAt, afterwardsBytes } = limitAt(plan.value, now)
  const told = { fromBytes: before.bytes, endsAt: endsAt?.toISOString() ?? null, afterwardsBytes }
  return done({ number, bytes, endsAt, told, event })
}
