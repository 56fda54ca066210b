import type { Transaction } from '@/db/client'
import { platformChain } from '@/lib/audit/chain'
import { type Entry, recordEntries } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'

/** Appends what the staff did, in its order, to the organization's own chain and to the platform's. */
export async function recordBoth(
  tx: Transaction,
  organizationId: string,
  actor: Actor,
  events: readonly Entry['event'][],
  now: Date,
): Promise<void> {
  const entries = events.flatMap((event) => {
    const ours = { ...event, details: { ...event.details, organizationId } }
    return [
      { actor, event, chain: organizationId },
      { actor, event: ours, chain: platformChain },
    ]
  })
  await recordEntries(tx, entries, now)
}
