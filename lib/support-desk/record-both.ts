import type { Transaction } from '@/db/client'
import { platformChain } from '@/lib/audit/chain'
import { type Entry, recordEntries } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'

/** Appends what the staff did to the organization's own chain and to the platform's. */
export async function recordBoth(
  tx: Transaction,
  organizationId: string,
  actor: Actor,
  event: Entry['event'],
  now: Date,
): Promise<void> {
  const ours = { ...event, details: { ...event.details, organizationId } }
  await recordEntries(
    tx,
    [
      { actor, event, chain: organizationId },
      { actor, event: ours, chain: platformChain },
    ],
    now,
  )
}
