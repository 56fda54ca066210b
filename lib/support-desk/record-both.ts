import type { Transaction } from '@/db/client'
import { platformChain } from '@/lib/audit/chain'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'

/** Appends what the staff did to the organization's own chain and to the platform's, always in this order. */
export async function recordBoth(
  tx: Transaction,
  organizationId: string,
  actor: Actor,
  event: Parameters<typeof record>[2],
  now: Date,
): Promise<void> {
  await record(tx, actor, event, now, organizationId)
  await record(tx, actor, { ...event, details: { ...event.details, organizationId } }, now, platformChain)
}
