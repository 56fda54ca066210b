import { and, asc, count, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { serviceKeySecrets, serviceKeys, type serviceKeyUses, serviceUsers } from '@/db/schema'

export type ServiceKeyRow = typeof serviceKeys.$inferSelect
export type SecretRow = typeof serviceKeySecrets.$inferSelect
export type ServiceKeyUseRow = typeof serviceKeyUses.$inferSelect
export type ServiceUserRow = typeof serviceUsers.$inferSelect

/** Locks the organization's keys of these ids, in the order of their ids so that two never wait for each other. */
export function lockKeys(
  tx: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<ServiceKeyRow[]> {
  return tx
    .select()
    .from(serviceKeys)
    .where(
      and(
        eq(serviceKeys.organizationId, organizationId),
        inArray(serviceKeys.id, [...keyIds]),
        isNull(serviceKeys.deletedAt),
      ),
    )
    .orderBy(asc(serviceKeys.id))
    .for('update')
}

/** Null for another organization's key, and for a deleted one, exactly as for one that was never there. */
export async function lockKey(
  tx: Transaction,
  organizationId: string,
  keyId: string,
): Promise<ServiceKeyRow | null> {
  const [row] = await lockKeys(tx, organizationId, [keyId])
  return row ?? null
}

export async function insertKey(tx: Transaction, row: typeof serviceKeys.$inferInsert): Promise<void> {
  await tx.insert(serviceKeys).values(row)
}

/** The same facts for keys that the caller has locked: one statement, and so one announcement. */
export async function updateKeys(
  tx: Transaction,
  organizationId: string,
  keyIds: readonly string[],
  facts: Partial<typeof serviceKeys.$inferInsert> & { changedAt: Date },
): Promise<void> {
  if (keyIds.length === 0) return
  await tx
    .update(serviceKeys)
    .set(facts)
    .where(and(eq(serviceKeys.organizationId, organizationId), inArray(serviceKeys.id, [...keyIds])))
}

/** Keys that the caller has locked, in their order, each with its current secret. */
export async function withCurrentSecrets<K extends { id: string }>(
  tx: Transaction,
  keys: readonly K[],
): Promise<{ key: K; secret: SecretRow }[]> {
  const keyIds = keys.map(({ id }) => id)
  const rows = await tx
    .select()
    .from(serviceKeySecrets)
    .where(and(inArray(serviceKeySecrets.keyId, keyIds), isNull(serviceKeySecrets.replacedAt)))
  const secrets = new Map(rows.map((row) => [row.keyId, row]))
  return keys.map((key) => {
    const secret = secrets.get(key.id)
    if (!secret) throw new Error(`service key ${key.id} has no secret`)
    return { key, secret }
  })
}

export async function currentSecret(tx: Transaction, keyId: string): Promise<SecretRow> {
  const [found] = await withCurrentSecrets(tx, [{ id: keyId }])
  if (!found) throw new Error('a key without its answer')
  return found.secret
}

export async function insertSecret(
  tx: Transaction,
  row: typeof serviceKeySecrets.$inferInsert,
): Promise<void> {
  await tx.insert(serviceKeySecrets).values(row)
}

/** Ends the current secret, and brings the ends of those before it forward to the same moment. */
export async function replaceSecret(
  tx: Transaction,
  secret: SecretRow,
  { replacedAt, acceptedUntil }: { replacedAt: Date; acceptedUntil: Date },
): Promise<void> {
  await tx
    .update(serviceKeySecrets)
    .set({ acceptedUntil })
    .where(
      and(
        eq(serviceKeySecrets.keyId, secret.keyId),
        isNotNull(serviceKeySecrets.replacedAt),
        gt(serviceKeySecrets.acceptedUntil, acceptedUntil),
      ),
    )
  await tx
    .update(serviceKeySecrets)
    .set({ replacedAt, acceptedUntil })
    .where(eq(serviceKeySecrets.id, secret.id))
}

/** Locks the service user's row: whoever makes a key for it waits here, so that its keys can be counted. */
export async function lockServiceUser(
  tx: Transaction,
  organizationId: string,
  serviceUser: { id: string } | { name: string },
): Promise<ServiceUserRow | null> {
  const isWanted =
    'id' in serviceUser
      ? eq(serviceUsers.id, serviceUser.id)
      : sql`lower(${serviceUsers.name}) = lower(${serviceUser.name})`
  const [row] = await tx
    .select()
    .from(serviceUsers)
    .where(and(eq(serviceUsers.organizationId, organizationId), isWanted))
    .for('no key update')
  return row ?? null
}

/** Keys that are neither expired nor deleted, as Postgres itself counts them when one is added. */
export async function countLiveKeys(tx: Transaction, serviceUserId: string, now: Date): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(serviceKeys)
    .where(
      and(
        eq(serviceKeys.serviceUserId, serviceUserId),
        isNull(serviceKeys.deletedAt),
        or(isNull(serviceKeys.expiresAt), gt(serviceKeys.expiresAt, now)),
      ),
    )
  return row?.count ?? 0
}

/** False when there is one of that name by now, ignoring case. */
export async function insertServiceUser(tx: Transaction, row: ServiceUserRow): Promise<boolean> {
  const inserted = await tx
    .insert(serviceUsers)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: serviceUsers.id })
  return inserted.length > 0
}
