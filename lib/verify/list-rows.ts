import type postgres from 'postgres'
import type { AccessLevel } from '@/lib/keys/access-level'
import type { KeyEntry, OrganizationEntry } from './entries'

type Sql = postgres.Sql
type Where = postgres.PendingQuery<postgres.Row[]>

export type OrganizationKeyRow = Pick<
  KeyEntry,
  | 'id'
  | 'digest'
  | 'expiresAt'
  | 'revokedAt'
  | 'acceptedUntil'
  | 'deletedAt'
  | 'expirationRemovedAt'
  | 'expirationRestoredAt'
> & { organizationId: string; generation: number }

export type ServiceKeySecretRow = Pick<
  KeyEntry,
  'id' | 'name' | 'digest' | 'expiresAt' | 'revokedAt' | 'acceptedUntil' | 'disabledAt' | 'deletedAt'
> & {
  organizationId: string
  serviceUserId: string
  serviceUserName: string
  accessLevel: AccessLevel
  /** Joined with commas: these connections read no arrays (db/connect.ts). */
  ranges: string
}

export type OrganizationRow = Omit<OrganizationEntry, 'mediaLimitBytes' | 'temporaryMediaLimitBytes'> & {
  mediaLimitBytes: string
  temporaryMediaLimitBytes: string | null
}
export type SigningKeyRow = { kid: string; publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string } }

export function organizationKeyRows(sql: Sql, where: Where = sql``) {
  const milliseconds = millisecondsOf(sql)
  return sql<OrganizationKeyRow[]>`
    select id, organization_id as "organizationId", generation, encode(lookup_digest, 'base64') as digest,
      ${milliseconds('expires_at')} as "expiresAt",
      ${milliseconds('revoked_at')} as "revokedAt",
      ${milliseconds('accepted_until')} as "acceptedUntil",
      ${milliseconds('deleted_at')} as "deletedAt",
      ${milliseconds('expiration_removed_at')} as "expirationRemovedAt",
      ${milliseconds('expiration_restored_at')} as "expirationRestoredAt"
    from organization_keys ${where}`
}

/**
 * For so long after it was replaced a secret is still known, so that a program that was forgotten at the rotation
 * reads `REVOKED`, which is far beyond any overlap; then nobody knows it. Else memory would grow with every rotation.
 */
export const knownAfterReplacementDays = 90

/** A row for each secret that is known. */
export function serviceKeyRows(sql: Sql, where: Where = sql``) {
  const milliseconds = millisecondsOf(sql)
  return sql<ServiceKeySecretRow[]>`
    select k.id, k.organization_id as "organizationId", k.name, k.access_level as "accessLevel",
      u.id as "serviceUserId", u.name as "serviceUserName",
      array_to_string(k.allowed_ranges, ',') as ranges, encode(s.lookup_digest, 'base64') as digest,
      ${milliseconds('k.expires_at')} as "expiresAt",
      ${milliseconds('s.replaced_at')} as "revokedAt",
      ${milliseconds('s.accepted_until')} as "acceptedUntil",
      ${milliseconds('k.disabled_at')} as "disabledAt",
      ${milliseconds('k.deleted_at')} as "deletedAt"
    from service_keys k
    join service_key_secrets s on s.key_id = k.id and (s.replaced_at is null
      or s.replaced_at > now() - ${knownAfterReplacementDays} * interval '1 day')
    join service_users u on u.id = k.service_user_id
    ${where}`
}

export function organizationRows(sql: Sql, where: Where = sql``) {
  const milliseconds = millisecondsOf(sql)
  return sql<OrganizationRow[]>`
    select id, name, time_zone as "timeZone", iso_utc_format as "isoUtcFormat",
      request_id_header as "requestIdHeader", media_limit_bytes as "mediaLimitBytes",
      temporary_media_limit_bytes as "temporaryMediaLimitBytes",
      ${milliseconds('temporary_media_limit_ends_at')} as "temporaryMediaLimitEndsAt"
    from organizations ${where}`
}

export function signingKeyRows(sql: Sql, where: Where = sql``) {
  return sql<SigningKeyRow[]>`
    select kid, public_jwk as "publicJwk" from signing_keys
    ${where}`
}

function millisecondsOf(sql: Sql) {
  return (column: string) => sql`floor(extract(epoch from ${sql(column)}) * 1000)::float8`
}
