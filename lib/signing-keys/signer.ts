import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { asc, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { signingKeys } from '@/db/schema'
import { type MasterKey, open, seal } from '@/lib/keys/seal'
import { randomBase62 } from '@/lib/keys/token'
import { planSigning } from './plan'

const rotationLock = 4_739_201_756

/**
 * The key that signs Secrets at `now`. Rotates on the way when it is due: a first key is made, a new one is
 * published after 90 days, and the private half of one that was followed is destroyed.
 */
export async function signerAt(
  tx: Transaction,
  now: Date,
  masterKeys: readonly MasterKey[],
): Promise<{ kid: string; privateKey: KeyObject }> {
  let keys = await signers(tx)
  let plan = planSigning(keys, now)
  if (plan.create || plan.retire.length > 0) {
    await tx.execute(sql`select pg_advisory_xact_lock(${rotationLock})`)
    plan = planSigning(await signers(tx), now)
    if (plan.create) await create(tx, now, masterKeys)
    for (const kid of plan.retire) {
      await tx
        .update(signingKeys)
        .set({ sealedPrivateKey: null, retiredAt: now })
        .where(eq(signingKeys.kid, kid))
    }
    keys = await signers(tx)
    plan = planSigning(keys, now)
  }
  // Out of the rows that were planned with: by now another process, a moment ahead, may have retired this one.
  const signer = keys.find((key) => key.kid === plan.sign)
  if (!signer?.sealedPrivateKey) throw new Error('no signing key')
  const pem = open(signer.sealedPrivateKey, sealContext(signer.kid), masterKeys)
  return { kid: signer.kid, privateKey: createPrivateKey(pem) }
}

function signers(tx: Transaction) {
  return tx
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(asc(signingKeys.createdAt))
}

async function create(tx: Transaction, now: Date, masterKeys: readonly MasterKey[]): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  if (!x) throw new Error('Ed25519 key without a public part')
  const kid = randomBase62(16)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await tx.insert(signingKeys).values({
    kid,
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x },
    sealedPrivateKey: seal(pem, sealContext(kid), masterKeys),
    createdAt: now,
  })
}

export function sealContext(kid: string): string {
  return `signing-key\0${kid}`
}
