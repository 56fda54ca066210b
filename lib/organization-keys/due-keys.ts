import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { organizationKeys as keys, organizations } from '@/db/schema'

/** Of `replacementDue` (schedule.ts), as Postgres indexes it. */
const due = sql`organization_key_replacement_due(${keys.createdAt}, ${keys.expirationRestoredAt}, ${keys.expiresAt}, ${keys.replaceBy})`

export type DueKey = Awaited<ReturnType<typeof lockDueKeys>>[number]

/**
 * The keys that the schedule replaces at `now`, at most `limit`, those first that have waited longest. Their
 * organizations are locked against everybody who changes keys; one that somebody else has locked is left to them or to
 * the next time. The keys are locked too, so that Postgres looks again at those that changed meanwhile.
 */
export function lockDueKeys(tx: Transaction, now: Date, limit: number) {
  return tx
    .select({
      id: keys.id,
      organizationId: keys.organizationId,
      maskedPrefix: keys.maskedPrefix,
      last4: keys.last4,
      createdAt: keys.createdAt,
      expiresAt: keys.expiresAt,
      revokedAt: keys.revokedAt,
      acceptedUntil: keys.acceptedUntil,
      deletedAt: keys.deletedAt,
      replaceEveryDays: organizations.replaceEveryDays,
    })
    .from(keys)
    .innerJoin(organizations, eq(organizations.id, keys.organizationId))
    .where(
      and(
        isNull(keys.successorId),
        isNull(keys.deletedAt),
        isNotNull(keys.expiresAt),
        sql`${due} <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(due)
    .limit(limit)
    .for('no key update', { of: [organizations, keys], skipLocked: true })
}

export type EndedKey = {
  id: string
  organizationId: string
  successorId: string
  /** Null where it had expired by then. */
  revokedAt: Date | null
  acceptedUntil: Date | null
}

/** Names the successors of keys that the caller has locked, and until when they are accepted beside them. */
export async function endKeys(tx: Transaction, ended: readonly EndedKey[]): Promise<void> {
  await tx.execute(sql`
    update organization_keys set successor_id = "successorId", revoked_at = "revokedAt", accepted_until = "acceptedUntil"
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as given(id text, "organizationId" text,
      "successorId" text, "revokedAt" timestamptz, "acceptedUntil" timestamptz)
    where organization_keys.organization_id = given."organizationId" and organization_keys.id = given.id`)
}
