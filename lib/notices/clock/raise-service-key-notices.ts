import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { maskedKey } from '@/lib/keys/masked'
import type { ServiceKeyEnding } from '@/lib/notices/kinds'
import { raise } from '@/lib/notices/raise'
import { findRecipients, isAmong, toldOrganizations } from '@/lib/notices/recipients'

export type Due = {
  kind: 'service-key-ending' | 'service-key-expired'
  /**
   * Keys without this notice, of those for which `which` is true, as a query of `id, organization_id, expires_at,
   * occasion`. What people have done with a key is looked at once more when it is locked.
   */
  missing(now: Date, which: SQL): SQL | Promise<SQL>
}

/** `found` is what no batch has had yet: a sweep that hands it from one to the next looks once for very many. */
export type Batches = { batch?: number; found?: string[] }

/** An id of each: some megabytes. */
const mostFound = 100_000

/**
 * Raises a batch of these notices, the nearest ends first, in one transaction. What was found is asked once more whether
 * it is still due: that may be long ago, and another sweep may have been at it.
 * @returns how many were new; 0: none is missing, or others are at them
 */
export async function raiseServiceKeyNotices(
  due: Due,
  now: Date,
  { batch = 500, found = [] }: Batches,
): Promise<number> {
  const raiseFound = async () => {
    let raised = 0
    while (raised === 0 && found.length > 0) raised = await raiseOf(due, found.splice(0, batch), now)
    return raised
  }
  const raised = await raiseFound()
  if (raised > 0) return raised
  for (const { id } of await db().execute<{ id: string }>(await foundQuery(due, now))) found.push(id)
  return raiseFound()
}

async function raiseOf(due: Due, keyIds: readonly string[], now: Date): Promise<number> {
  const query = await dueQuery(due, keyIds, now)
  return db().transaction(async (tx) => {
    const keys = await tx.execute<Row>(query)
    if (keys.length === 0) return 0
    const recipients = await findRecipients(
      tx,
      keys.map((key) => key.organizationId),
      { withAdmins: false },
    )
    return raise(
      tx,
      keys.map((key) => ({
        kind: due.kind,
        organizationId: key.organizationId,
        subjectId: key.id,
        occasion: key.occasion,
        facts: factsOf(key),
        recipients: recipients.get(key.organizationId) ?? [],
      })),
      now,
    )
  })
}

type Row = {
  id: string
  organizationId: string
  occasion: string
  name: string
  serviceUser: string
  maskedPrefix: string
  last4: string
  expiresAt: string
  lastUsedAt: string | null
  lastUsedFrom: string | null
  lastUserAgent: string | null
}

/** In steps, so that an organization is asked about once, and only where a key misses a notice. */
export async function foundQuery({ missing }: Due, now: Date): Promise<SQL> {
  return sql`
    with missing as materialized (${await missing(now, sql`true`)}
    ), told as materialized (${toldOrganizations(sql`missing`)}
    )
    select id from missing where ${isAmong(sql`told`)} order by expires_at, id limit ${mostFound}`
}

/** Whoever changes one of the keys comes first: it is left for the next sweep. */
export async function dueQuery({ missing }: Due, keyIds: readonly string[], now: Date): Promise<SQL> {
  const which = sql`keys.id in (select jsonb_array_elements_text(${JSON.stringify(keyIds)}::jsonb))`
  return sql`
    with missing as materialized (${await missing(now, which)}
    ), locked as materialized (
      select keys.id, keys.organization_id, keys.service_user_id, keys.name, keys.expires_at, missing.occasion
      from missing join service_keys as keys on keys.id = missing.id
      join organizations on organizations.id = keys.organization_id
      where keys.deleted_at is null and keys.disabled_at is null
      for no key update of keys skip locked
      for key share of organizations skip locked
    )
    select locked.id, locked.organization_id as "organizationId", locked.occasion, locked.name,
      service_users.name as "serviceUser", secrets.masked_prefix as "maskedPrefix", secrets.last4,
      locked.expires_at as "expiresAt", uses.last_used_at as "lastUsedAt", uses.last_used_from as "lastUsedFrom",
      uses.last_user_agent as "lastUserAgent"
    from locked
    join service_users on service_users.id = locked.service_user_id
    join service_key_secrets as secrets on secrets.key_id = locked.id and secrets.replaced_at is null
    left join service_key_uses as uses on uses.key_id = locked.id
    order by locked.expires_at, locked.id`
}

function factsOf(key: Row): ServiceKeyEnding {
  const { lastUsedAt: at, lastUsedFrom: address, lastUserAgent: userAgent } = key
  return {
    keyId: key.id,
    name: key.name,
    serviceUser: key.serviceUser,
    key: maskedKey(key),
    endsAt: new Date(key.expiresAt).toISOString(),
    lastUse: at && address ? { at: new Date(at).toISOString(), address, userAgent: userAgent ?? '' } : null,
  }
}
