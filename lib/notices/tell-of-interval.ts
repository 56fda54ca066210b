import type { Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { doerOf } from './doer'
import type { IntervalSet } from './kinds'
import { findOtherAdmins } from './other-admins'
import { raise } from './raise'
import type { Doer } from './use-words'

/** Tells the other admins of another "Replace every", which may replace the current key right away. */
export async function tellOfInterval(
  tx: Transaction,
  actor: Actor,
  facts: Omit<IntervalSet, keyof Doer>,
  now: Date,
): Promise<void> {
  const notice = {
    kind: 'organization-key-interval-set' as const,
    facts: { ...facts, ...doerOf(actor) },
    organizationId: actor.organizationId,
    subjectId: actor.organizationId,
    occasion: newId('ntc'),
    recipients: await findOtherAdmins(tx, actor),
  }
  await raise(tx, [notice], now)
}
