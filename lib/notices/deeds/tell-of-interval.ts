import type { Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import type { IntervalSet } from '@/lib/notices/kinds'
import { raise } from '@/lib/notices/raise'
import type { Doer } from '@/lib/notices/words/use-words'
import { doerOf } from './doer'
import { findOtherAdmins } from './other-admins'

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
