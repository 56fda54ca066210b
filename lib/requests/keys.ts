import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { organizationKeys, serviceKeySecrets, serviceKeys } from '@/db/schema'
import { maskedKey } from '@/lib/keys/masked'
import type { RequestView } from './view'

/** A key as the log names it. Deleted ones stay: calls were made with them. */
export type LoggedKey = {
  id: string
  /** Of a service key. */
  name: string | null
  masked: string
  isDeleted: boolean
}

/**
 * The keys that a page of calls names, and those that can be chosen: the organization's own, newest first, and of
 * the service keys, which may be thousands, the one that is asked for.
 */
export async function listLoggedKeys(
  organizationId: string,
  requests: readonly RequestView[],
  askedKeyId: string,
): Promise<{ keys: LoggedKey[]; choices: LoggedKey[] }> {
  const ids = requests.flatMap(({ keyId }) => keyId ?? [])
  const [own, others] = await Promise.all([
    listOrganizationKeys(organizationId),
    findServiceKeys(organizationId, [...ids, askedKeyId]),
  ])
  return { keys: [...own, ...others], choices: [...own, ...others.filter(({ id }) => id === askedKeyId)] }
}

/** The keys of its own that the organization has or had, newest first. */
export async function listOrganizationKeys(organizationId: string): Promise<LoggedKey[]> {
  const { id, maskedPrefix, last4, deletedAt } = organizationKeys
  const keys = await db()
    .select({ id, maskedPrefix, last4, deletedAt })
    .from(organizationKeys)
    .where(eq(organizationKeys.organizationId, organizationId))
    .orderBy(desc(organizationKeys.generation))
  return keys.map((key) => ({
    id: key.id,
    name: null,
    masked: maskedKey(key),
    isDeleted: key.deletedAt !== null,
  }))
}

/** The organization's service keys of these ids. */
export async function findServiceKeys(
  organizationId: string,
  keyIds: readonly string[],
): Promise<LoggedKey[]> {
  if (keyIds.length === 0) return []
  const { id, name, deletedAt } = serviceKeys
  const { maskedPrefix, last4, keyId, replacedAt } = serviceKeySecrets
  const keys = await db()
    .select({ id, name, deletedAt, maskedPrefix, last4 })
    .from(serviceKeys)
    .innerJoin(serviceKeySecrets, and(eq(keyId, id), isNull(replacedAt)))
    .where(and(eq(serviceKeys.organizationId, organizationId), inArray(id, [...new Set(keyIds)])))
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    masked: maskedKey(key),
    isDeleted: key.deletedAt !== null,
  }))
}
