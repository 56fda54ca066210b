import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { serviceKeySecrets, serviceKeys, serviceUsers } from '@/db/schema'
import { maskedKey } from '@/lib/keys/masked'
import { type ServiceKeyState, stateOf } from './lifecycle'

/** Whose key a pasted text is or was. Moments are ISO 8601 texts in UTC. */
export type FoundKey = {
  keyId: string
  name: string
  serviceUser: { id: string; name: string }
  /** Also `deleted`: whoever finds a key somewhere wants to know that it is no danger any more. */
  state: ServiceKeyState
  /** Of the text that was pasted, which may be a former one. */
  masked: string
  isCurrent: boolean
  /** Of a former text: until when it is, or was, accepted. */
  acceptedUntil: string | null
}

/** Null for a text that is no key of the organization's, and never was. */
export async function findByDigest(
  organizationId: string,
  digest: Buffer,
  now = new Date(),
): Promise<FoundKey | null> {
  const [found] = await db()
    .select({ secret: serviceKeySecrets, key: serviceKeys, user: serviceUsers })
    .from(serviceKeySecrets)
    .innerJoin(serviceKeys, eq(serviceKeys.id, serviceKeySecrets.keyId))
    .innerJoin(serviceUsers, eq(serviceUsers.id, serviceKeys.serviceUserId))
    .where(and(eq(serviceKeySecrets.lookupDigest, digest), eq(serviceKeys.organizationId, organizationId)))
  if (!found) return null
  const { secret, key, user } = found
  return {
    keyId: key.id,
    name: key.name,
    serviceUser: { id: user.id, name: user.name },
    state: stateOf(key, now),
    masked: maskedKey(secret),
    isCurrent: secret.replacedAt === null,
    acceptedUntil: secret.acceptedUntil?.toISOString() ?? null,
  }
}
