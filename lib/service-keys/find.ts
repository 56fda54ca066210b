import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import {
  organizationKeys,
  serviceKeySecrets,
  serviceKeys,
  serviceKeyUses,
  serviceUsers,
  users,
} from '@/db/schema'
import { makerColumns, makingKey } from './maker'
import { type ServiceKeyView, viewServiceKey } from './view'

type Reader = Pick<Database, 'select'>

/** Null for another organization's key, and for a deleted one, exactly as for one that was never there. */
export async function findServiceKey(
  reader: Reader,
  organizationId: string,
  keyId: string,
  now: Date,
): Promise<ServiceKeyView | null> {
  const [view] = await findServiceKeys(reader, organizationId, [keyId], now)
  return view ?? null
}

/** The keys of these ids in their order, without those that are not there (any more). */
export async function findServiceKeys(
  reader: Reader,
  organizationId: string,
  keyIds: readonly string[],
  now: Date,
): Promise<ServiceKeyView[]> {
  if (keyIds.length === 0) return []
  const rows = await rowsQuery(reader, organizationId, keyIds, now)
  const views = new Map(rows.map((row) => [row.key.id, viewServiceKey(row, now)]))
  return keyIds.flatMap((keyId) => views.get(keyId) ?? [])
}

/** The statement behind it. */
export function rowsQuery(reader: Reader, organizationId: string, keyIds: readonly string[], now: Date) {
  return reader
    .select({
      key: serviceKeys,
      user: serviceUsers,
      secret: serviceKeySecrets,
      use: serviceKeyUses,
      overlapEndsAt: sql<string | null>`(
        select max(former.accepted_until) from service_key_secrets former
        where former.key_id = ${serviceKeys.id} and former.replaced_at is not null
          and former.accepted_until > ${now.toISOString()})`,
      maker: makerColumns,
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
        inArray(serviceKeys.id, [...keyIds]),
        isNull(serviceKeys.deletedAt),
      ),
    )
}
