import { createHash } from 'node:crypto'
import type { Transaction } from '@/db/client'
import { type Actor, keyIdOf, userIdOf } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { maskedKey } from '@/lib/keys/masked'
import { maskParts, newKeyText } from '@/lib/keys/token'
import { insertSecret } from './store'

/** A text that is shown once. Only its digest is kept. */
type NewSecret = { secretId: string; key: string; masked: string }

/** Gives a key its current secret; the caller holds the key's lock and has ended the one before. */
export async function createSecret(
  tx: Transaction,
  actor: Actor,
  keyId: string,
  createdAt: Date,
): Promise<NewSecret> {
  const key = newKeyText('svc')
  const secretId = newId('sec')
  await insertSecret(tx, {
    id: secretId,
    keyId,
    lookupDigest: createHash('sha256').update(key).digest(),
    ...maskParts(key),
    createdAt,
    createdBy: userIdOf(actor),
    createdByKeyId: keyIdOf(actor),
  })
  return { secretId, key, masked: maskedKey(maskParts(key)) }
}
