import { inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { serviceKeyUses } from '@/db/schema'

/** When each of these keys was last accepted; a key that never was is not among them. */
export async function lastUses(
  tx: Transaction,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .select({ keyId: serviceKeyUses.keyId, at: serviceKeyUses.lastUsedAt })
    .from(serviceKeyUses)
    .where(inArray(serviceKeyUses.keyId, [...keyIds]))
  return new Map(rows.flatMap(({ keyId, at }) => (at ? [[keyId, at] as const] : [])))
}
