import { createHash } from 'node:crypto'
import type { Transaction } from '@/db/client'
import { type Actor, userIdOf } from '@/lib/auth/actor'
import { env } from '@/lib/env'
import { seal } from '@/lib/keys/seal'
import { maskParts, newKeyText } from '@/lib/keys/token'
import { insertKey, lastGeneration, type OrganizationKeyRow } from './store'

/** Writes the next generation; the caller holds the organization's lock and has named `id` as the successor. */
export async function createGeneration(
  tx: Transaction,
  actor: Actor,
  key: { id: string; createdAt: Date; expiresAt: Date },
): Promise<OrganizationKeyRow> {
  const { organizationId } = actor
  const apiKey = newKeyText('org')
  return insertKey(tx, {
    ...key,
    organizationId,
    generation: (await lastGeneration(tx, organizationId)) + 1,
    lookupDigest: createHash('sha256').update(apiKey).digest(),
    sealedApiKey: seal(apiKey, sealContext(organizationId, key.id), env().MASTER_KEY),
    ...maskParts(apiKey),
    createdBy: userIdOf(actor),
  })
}

/** Binds a sealed API key to its row and its organization, so that swapped rows do not open. */
export function sealContext(organizationId: string, keyId: string): string {
  return `organization-key\0${organizationId}\0${keyId}`
}
