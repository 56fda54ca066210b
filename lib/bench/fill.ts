import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import postgres from 'postgres'
import { newId } from '@/lib/id'
import { maskParts, newKeyText, randomBase62 } from '@/lib/keys/token'
import { secretDay, signSecret } from '@/lib/organization-keys/secret'

export type BenchKey = { apiKey: string; secret: string }

const rowsAtOnce = 5_000
const year = 365 * 86_400_000

/** Fills an empty database with `count` organizations of one key each, and signs today's Secret of every key. */
export async function fill(
  databaseUrl: string,
  count: number,
  claims: { issuer: string; audience: string },
): Promise<BenchKey[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const now = new Date()
  const createdAt = new Date(now.getTime() - 86_400_000)
  const expiresAt = new Date(createdAt.getTime() + year)
  const signer = newSigner()
  const keys: BenchKey[] = []
  try {
    await sql`insert into signing_keys (kid, public_jwk, sealed_private_key, created_at)
      values (${signer.kid}, ${sql.json(signer.publicJwk)}, 'unused', ${createdAt})`
    for (let done = 0; done < count; done += rowsAtOnce) {
      const rows = Array.from({ length: Math.min(rowsAtOnce, count - done) }, () => {
        const apiKey = newKeyText('org')
        return { organizationId: newId('org'), id: newId('key'), apiKey, ...maskParts(apiKey) }
      })
      await sql`insert into organizations (id, name)
        select id, 'Bench' from unnest(${rows.map((row) => row.organizationId)}::text[]) as t (id)`
      await sql`
        insert into organization_keys (id, organization_id, generation, lookup_digest, sealed_api_key,
          masked_prefix, last4, created_at, expires_at)
        select id, organization_id, 1, sha256(api_key::bytea), 'unused', masked_prefix, last4,
          ${createdAt}, ${expiresAt}
        from unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.organizationId)}::text[],
          ${rows.map((row) => row.apiKey)}::text[], ${rows.map((row) => row.maskedPrefix)}::text[],
          ${rows.map((row) => row.last4)}::text[]) as t (id, organization_id, api_key, masked_prefix, last4)`
      for (const { organizationId, apiKey } of rows) {
        const secret = signSecret(
          {
            client_id: organizationId,
            client_secret: apiKey,
            iat: secretDay(now),
            exp: Math.floor(expiresAt.getTime() / 1000),
            iss: claims.issuer,
            aud: claims.audience,
          },
          signer,
        )
        keys.push({ apiKey, secret })
      }
    }
    await sql`analyze organization_keys`
  } finally {
    await sql.end()
  }
  return keys
}

/** The column that keys are found by. */
export function lookupDigest(apiKey: string): Buffer {
  return createHash('sha256').update(apiKey).digest()
}

function newSigner() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  return {
    kid: randomBase62(16),
    privateKey: createPrivateKey(pem),
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x: x ?? '' },
  }
}
