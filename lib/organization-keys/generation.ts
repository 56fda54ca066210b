import { createHash } from 'node:crypto'
import type { Transaction } from '@/db/client'
import { env } from '@/lib/env'
import { seal } from '@/lib/keys/seal'
import { maskParts, newKeyText } from '@/lib/keys/token'
import { type GenerationRow, insertGenerations } from './store'

export type NewGeneration = Pick<
  GenerationRow,
  'organizationId' | 'id' | 'createdAt' | 'createdBy' | 'expiresAt'
>

/** Makes an organization's next generation; the caller holds the organization's lock. */
export async function createGeneration(tx: Transaction, key: NewGeneration): Promise<GenerationRow> {
  const row = makeGeneration(key)
  await insertGenerations(tx, [row])
  return row
}

/** A new API key, as it is kept. */
export function makeGeneration(key: NewGeneration): GenerationRow {
  const apiKey = newKeyText('org')
  return {
    ...key,
    ...maskParts(apiKey),
    lookupDigest: createHash('sha256').update(apiKey).digest('hex'),
    sealedApiKey: seal(apiKey, sealContext(key.organizationId, key.id), env().MASTER_KEY),
  }
}

/** Binds a sealed API key to its row and its organization, so that swapped rows do not open. */
export function sealContext(organizationId: string, keyId: string): string {
  return `organization-key\0${organizationId}\0${keyId}`
}
