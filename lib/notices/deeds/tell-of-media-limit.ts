import type { Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import type { MediaLimitDecided } from '@/lib/notices/kinds'
import { raise } from '@/lib/notices/raise'
import { findOtherAdmins } from './other-admins'

/**
 * Tells an organization's admins what support decided, inside the transaction that decides it.
 * @param actor of the platform's staff, who belong to no organization, or to one by chance
 * @param about the request that is answered, or the organization and the number of the change: each is told of once
 */
export async function tellOfMediaLimit(
  tx: Transaction,
  actor: Actor,
  about: { organizationId: string; subjectId: string; occasion: string },
  facts: MediaLimitDecided,
  now: Date,
): Promise<void> {
  const recipients = await findOtherAdmins(tx, { ...actor, organizationId: about.organizationId })
  await raise(tx, [{ kind: 'media-limit-decided', facts, ...about, recipients }], now)
}
