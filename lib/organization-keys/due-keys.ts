import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { organizationKeys as keys, organizations } from '@/db/schema'
import { day } from './lifecycle'
import { longestOverlapDays } from './schedule'

/** Of `replacementDue` (schedule.ts), as Postgres indexes it. */
const due = sql`organization_key_replacement_due(${keys.createdAt}, ${keys.expirationRestoredAt}, ${keys.expiresAt}, ${keys.replaceBy})`

/** A key that expired longer ago than any overlap lasts is not replaced unasked: by now an admin makes the next one. */
function isDue(now: Date) {
  const oldestEnd = new Date(now.getTime() - longestOverlapDays * day)
  return and(
    isNull(keys.successorId),
    isNull(keys.deletedAt),
    sql`${keys.expiresAt} > ${oldestEnd.toISOString()}::timestamptz`,
    sql`${due} <= ${now.toISOString()}::timestamptz`,
  )
}

export type DueKey = Awaited<ReturnType<typeof lockDueKeys>>[number]

/**
 * The keys that the schedule replaces at `now`, at most `limit`, those first that have waited longest. Their
 * organizations are locked against everybody who changes keys; one that somebody else has locked is left to them or to
 * the next time. The keys are locked too, so that Postgres looks again at those that changed meanwhile.
 * @param only the id of the one that is asked for
 */
export function lockDueKeys(tx: Transaction, now: Date, limit: number, only?: string) {
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
    .where(and(isDue(now), only === undefined ? undefined : eq(keys.id, only)))
    .orderBy(due)
    .limit(limit)
    .for('no key update', { of: [organizations, keys], skipLocked: true })
}

/** Their ids alone, nothing locked. */
export async function findDueKeys(now: Date, limit: number): Promise<string[]> {
  const rows = await db().select({ id: keys.id }).from(keys).where(isDue(now)).orderBy(due).limit(limit)
  return rows.map(({ id }) => id)
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
