import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type postgres from 'postgres'
import { newId } from '@/lib/id'
import type { AccessLevel } from '@/lib/keys/access-level'
import { maskParts, newKeyText, randomBase62 } from '@/lib/keys/token'
import { type SecretClaims, secretDay, signSecret } from '@/lib/organization-keys/secret'

export const issuer = 'http://localhost:3000'
export const audience = 'http://localhost:3001'

/** Also inside of a transaction. */
type Rows = postgres.Sql | postgres.TransactionSql

export type TestSigner = { kid: string; privateKey: KeyObject; publicKey: KeyObject }
export type TestKey = { id: string; organizationId: string; apiKey: string }
export type TestKeyFacts = {
  id?: string
  generation?: number
  createdAt?: Date
  expiresAt?: Date | null
  revokedAt?: Date
  acceptedUntil?: Date
  successorId?: string
  expirationRemovedAt?: Date
  expirationRestoredAt?: Date
}

export const day = 86_400_000

export async function insertOrganization(
  sql: postgres.Sql,
  settings: { timeZone?: string; isoUtcFormat?: boolean; requestIdHeader?: string; name?: string } = {},
): Promise<string> {
  const id = newId('org')
  await sql`insert into organizations (id, name, time_zone, iso_utc_format, request_id_header)
    values (${id}, ${settings.name ?? 'Northwind'}, ${settings.timeZone ?? 'UTC'},
      ${settings.isoUtcFormat ?? true}, ${settings.requestIdHeader ?? 'X-Customer-Request-Id'})`
  return id
}

export async function insertSigner(sql: postgres.Sql): Promise<TestSigner> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const kid = randomBase62(16)
  const { kty, crv, x } = publicKey.export({ format: 'jwk' })
  await sql`insert into signing_keys (kid, public_jwk, sealed_private_key, created_at)
    values (${kid}, ${sql.json({ kty: kty ?? '', crv: crv ?? '', x: x ?? '' })}, 'unused', now())`
  return { kid, privateKey, publicKey }
}

/** A key with a year to live, unless `facts` say otherwise. */
export async function insertKey(
  sql: Rows,
  organizationId: string,
  facts: TestKeyFacts = {},
): Promise<TestKey> {
  const id = facts.id ?? newId('key')
  const apiKey = newKeyText('org')
  const { maskedPrefix, last4 } = maskParts(apiKey)
  const createdAt = facts.createdAt ?? new Date(Date.now() - day)
  const expiresAt =
    facts.expiresAt === undefined ? new Date(createdAt.getTime() + 365 * day) : facts.expiresAt
  await sql`insert into organization_keys ${sql({
    id,
    organization_id: organizationId,
    generation: facts.generation ?? 1,
    lookup_digest: createHash('sha256').update(apiKey).digest(),
    sealed_api_key: 'unused',
    masked_prefix: maskedPrefix,
    last4,
    created_at: createdAt,
    expires_at: expiresAt,
    expiration_removed_at: facts.expirationRemovedAt ?? (expiresAt === null ? createdAt : null),
    expiration_restored_at: facts.expirationRestoredAt ?? null,
    revoked_at: facts.revokedAt ?? null,
    accepted_until: facts.acceptedUntil ?? null,
    successor_id: facts.successorId ?? null,
  })}`
  return { id, organizationId, apiKey }
}

/** A revoked key and its successor. */
export async function insertRevokedKey(
  sql: postgres.Sql,
  organizationId: string,
  facts: TestKeyFacts & { revokedAt: Date; acceptedUntil: Date },
): Promise<{ key: TestKey; successor: TestKey }> {
  return sql.begin(async (tx) => {
    const successorId = newId('key')
    const key = await insertKey(tx, organizationId, { ...facts, successorId })
    const successor = await insertKey(tx, organizationId, { id: successorId, generation: 2 })
    return { key, successor }
  })
}

export async function deleteKey(sql: postgres.Sql, key: TestKey): Promise<void> {
  await sql`update organization_keys set deleted_at = now(), sealed_api_key = null where id = ${key.id}`
}

export type TestServiceKey = {
  id: string
  organizationId: string
  serviceUser: { id: string; name: string }
  /** Of the current secret; what a program sends. */
  text: string
}
export type TestServiceKeyFacts = {
  id?: string
  name?: string
  serviceUser?: { id: string; name: string }
  accessLevel?: AccessLevel
  allowedRanges?: readonly string[]
  createdAt?: Date
  expiresAt?: Date | null
  disabledAt?: Date | null
}

export async function insertServiceUser(
  sql: Rows,
  organizationId: string,
  name = `Service user ${randomBase62(8)}`,
): Promise<{ id: string; name: string }> {
  const id = newId('su')
  await sql`insert into service_users (id, organization_id, name, created_at)
    values (${id}, ${organizationId}, ${name}, now())`
  return { id, name }
}

/** A Full key that never expires, of a service user of its own, unless `facts` say otherwise. */
export async function insertServiceKey(
  sql: Rows,
  organizationId: string,
  facts: TestServiceKeyFacts = {},
): Promise<TestServiceKey> {
  const id = facts.id ?? newId('key')
  const createdAt = facts.createdAt ?? new Date(Date.now() - day)
  const serviceUser = facts.serviceUser ?? (await insertServiceUser(sql, organizationId))
  const ranges = JSON.stringify(facts.allowedRanges ?? [])
  await sql`insert into service_keys (id, organization_id, service_user_id, name, access_level, allowed_ranges,
      created_at, expires_at, changed_at, disabled_at)
    values (${id}, ${organizationId}, ${serviceUser.id}, ${facts.name ?? 'Billing sync'},
      ${facts.accessLevel ?? 'full'}, array(select jsonb_array_elements_text(${ranges}::text::jsonb)),
      ${createdAt}, ${facts.expiresAt ?? null}, ${createdAt}, ${facts.disabledAt ?? null})`
  const text = await insertServiceKeySecret(sql, id, createdAt)
  return { id, organizationId, serviceUser, text }
}

/** Another secret in place of the current one, which is accepted until `acceptedUntil`. The new text. */
export async function replaceServiceKeySecret(
  sql: Rows,
  { id }: TestServiceKey,
  replacedAt: Date,
  acceptedUntil: Date,
): Promise<string> {
  await sql`update service_key_secrets set replaced_at = ${replacedAt}, accepted_until = ${acceptedUntil}
    where key_id = ${id} and replaced_at is null`
  return insertServiceKeySecret(sql, id, replacedAt)
}

export async function setServiceKeyDisabled(
  sql: Rows,
  { id }: TestServiceKey,
  disabledAt: Date | null,
): Promise<void> {
  await sql`update service_keys set disabled_at = ${disabledAt}, changed_at = now() where id = ${id}`
}

/** As the product does it: the row stays for auditors, the secrets do not. */
export async function deleteServiceKey(sql: Rows, { id }: TestServiceKey): Promise<void> {
  await sql`delete from service_key_secrets where key_id = ${id}`
  await sql`update service_keys set deleted_at = now(), changed_at = now() where id = ${id}`
}

async function insertServiceKeySecret(sql: Rows, keyId: string, createdAt: Date): Promise<string> {
  const text = newKeyText('svc')
  const { maskedPrefix, last4 } = maskParts(text)
  await sql`insert into service_key_secrets (id, key_id, lookup_digest, masked_prefix, last4, created_at)
    values (${newId('sec')}, ${keyId}, ${createHash('sha256').update(text).digest()}, ${maskedPrefix}, ${last4},
      ${createdAt})`
  return text
}

export function claimsOf(key: TestKey, changes: Partial<SecretClaims> = {}): SecretClaims {
  const iat = secretDay(new Date())
  return {
    client_id: key.organizationId,
    client_secret: key.apiKey,
    iat,
    exp: (changes.iat ?? iat) + 365 * 86_400,
    iss: issuer,
    aud: audience,
    ...changes,
  }
}

export function secretOf(key: TestKey, signer: TestSigner, changes: Partial<SecretClaims> = {}): string {
  return signSecret(claimsOf(key, changes), signer)
}
