import type { Transaction } from '@/db/client'
import { env } from '@/lib/env'
import { open } from '@/lib/keys/seal'
import { signerAt } from '@/lib/signing-keys/signer'
import { sealContext } from './generation'
import { deadlineOf } from './lifecycle'
import { type SecretClaims, secretDay, signSecret } from './secret'
import type { OrganizationKeyRow } from './store'

/** Opens the sealed API key and signs today's Secret of it. The only place where a Secret comes into being. */
export async function todaysSecret(
  tx: Transaction,
  key: OrganizationKeyRow,
  now: Date,
): Promise<{ secret: string; claims: SecretClaims }> {
  if (!key.sealedApiKey) throw new Error(`organization key ${key.id} has been destroyed`)
  const { MASTER_KEY, CONSOLE_URL, API_URL } = env()
  const deadline = deadlineOf(key)
  const claims: SecretClaims = {
    client_id: key.organizationId,
    client_secret: open(key.sealedApiKey, sealContext(key.organizationId, key.id), MASTER_KEY),
    iat: secretDay(now),
    ...(deadline ? { exp: Math.floor(deadline.getTime() / 1000) } : {}),
    iss: CONSOLE_URL,
    aud: API_URL,
  }
  return { secret: signSecret(claims, await signerAt(tx, now, MASTER_KEY)), claims }
}
