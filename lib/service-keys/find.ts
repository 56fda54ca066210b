import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import {
  organizationKeys,
  serviceKeySecrets,
  serviceKeys,
  serviceKeyUses,
  serviceUsers,
  users,
} from '@/db/schema'
import { maskedKey } from '@/lib/keys/masked'
import { stateOf } from './lifecycle'
import { makerColumns, makerName, makingKey } from './maker'
import type { ServiceKeyView } from './view'

/** Null for another organization's key, and for a deleted one, exactly as for one that was never there. */
export async function findServiceKey(
  reader: Pick<Database, 'select'>,
  organizationId: string,
  keyId: string,
  now: Date,
): Promise<ServiceKeyView | null> {
  const [row] = await reader
    .select({
      key: serviceKeys,
      user: serviceUsers,
      secret: serviceKeySecrets,
      use: serviceKeyUses,
      overlapEndsAt: sql<string | null>`(
        select max(former.accepted_until) from service_key_secrets former
        where former.key_id = ${serviceKeys.id} and former.replaced_at is not null
          and former.accepted_until > ${now.toISOString()})`,
      ...makerColumns,
    })
    .from(serviceKeys)
    .innerJoin(serviceUsers, eq(serviceUsers.id, serviceKeys.serviceUserId))
    .innerJoin(
      serviceKeySecrets,
      and(eq(serviceKeySecrets.keyId, serviceKeys.id), isNull(serviceKeySecrets.replacedAt)),
    )
    .innerJoin(serviceKeyUses, eq(serviceKeyUses.keyId, serviceKeys.id))
    .leftJoin(users, eq(users.id, serviceKeys.createdBy))
    .leftJoin(makingKey, eq(makingKey.id, serviceKeys.createdByKeyId))
    .leftJoin(organizationKeys, eq(organizationKeys.id, serviceKeys.createdByKeyId))
    .where(
      and(
        eq(serviceKeys.organizationId, organizationId),
        eq(serviceKeys.id, keyId),
        isNull(serviceKeys.deletedAt),
      ),
    )
  if (!row) return null
  const { key, user, secret, use } = row
  const state = stateOf(key, now)
  if (state === 'deleted') return null
  return {
    id: key.id,
    name: key.name,
    serviceUser: { id: user.id, name: user.name },
    masked: maskedKey(secret),
    secretId: secret.id,
    accessLevel: key.accessLevel,
    allowedRanges: key.allowedRanges,
    state,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
    createdBy: makerName(row),
    changedAt: key.changedAt.toISOString(),
    lastUse: callOf(use.lastUsedAt, use.lastUsedFrom, use.lastUserAgent),
    lastRefusal: refusalOf(use),
    overlapEndsAt: row.overlapEndsAt === null ? null : new Date(row.overlapEndsAt).toISOString(),
  }
}

function refusalOf(use: typeof serviceKeyUses.$inferSelect): ServiceKeyView['lastRefusal'] {
  const refusal = callOf(use.refusedAt, use.refusedFrom, use.refusedUserAgent)
  return refusal && use.refusedCode !== null ? { ...refusal, code: use.refusedCode } : null
}

function callOf(at: Date | null, from: string | null, userAgent: string | null): ServiceKeyView['lastUse'] {
  return at && from !== null && userAgent !== null ? { at: at.toISOString(), from, userAgent } : null
}
