import { createPublicKey } from 'node:crypto'
import type postgres from 'postgres'
import type { AccessLevel } from '@/lib/keys/access-level'
import { addressRanges } from '@/lib/keys/ip-ranges'
import { keyName } from '@/lib/organization-keys/lifecycle'
import type { AllowedRanges, KeyEntry, OrganizationEntry, ServiceUserEntry, SigningKeyEntry } from './entries'

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

export type ServiceKeyRow = Pick<
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

type OrganizationRow = Omit<OrganizationEntry, 'mediaLimitBytes' | 'temporaryMediaLimitBytes'> & {
  mediaLimitBytes: string
  temporaryMediaLimitBytes: string | null
}
type SigningKeyRow = { kid: string; publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string } }

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

/** A row for each secret. */
export function serviceKeyRows(sql: Sql, where: Where = sql``) {
  const milliseconds = millisecondsOf(sql)
  return sql<ServiceKeyRow[]>`
    select k.id, k.organization_id as "organizationId", k.name, k.access_level as "accessLevel",
      u.id as "serviceUserId", u.name as "serviceUserName",
      array_to_string(k.allowed_ranges, ',') as ranges, encode(s.lookup_digest, 'base64') as digest,
      ${milliseconds('k.expires_at')} as "expiresAt",
      ${milliseconds('s.replaced_at')} as "revokedAt",
      ${milliseconds('s.accepted_until')} as "acceptedUntil",
      ${milliseconds('k.disabled_at')} as "disabledAt",
      ${milliseconds('k.deleted_at')} as "deletedAt"
    from service_keys k
    join service_key_secrets s on s.key_id = k.id
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

/** Makes entries of keys that share what they have in common: organization, service user and ranges. */
export class KeyEntries {
  readonly #serviceUsers = new Map<string, ServiceUserEntry>()
  readonly #ranges = new Map<string, AllowedRanges>()

  constructor(readonly organizations: ReadonlyMap<string, OrganizationEntry>) {}

  ofOrganizationKey(row: OrganizationKeyRow): KeyEntry {
    return {
      id: row.id,
      organization: this.#organization(row),
      serviceUser: null,
      name: keyName(row.generation),
      accessLevel: 'full',
      allowedRanges: null,
      digest: row.digest,
      expiresAt: row.expiresAt,
      revokedAt: row.revokedAt,
      acceptedUntil: row.acceptedUntil,
      disabledAt: null,
      deletedAt: row.deletedAt,
      expirationRemovedAt: row.expirationRemovedAt,
      expirationRestoredAt: row.expirationRestoredAt,
      lastUse: null,
    }
  }

  ofServiceKey(row: ServiceKeyRow): KeyEntry {
    return {
      id: row.id,
      organization: this.#organization(row),
      serviceUser: this.#serviceUser(row),
      name: row.name,
      accessLevel: row.accessLevel,
      allowedRanges: row.ranges === '' ? null : this.#allowedRanges(row.ranges),
      digest: row.digest,
      expiresAt: row.expiresAt,
      revokedAt: row.revokedAt,
      acceptedUntil: row.acceptedUntil,
      disabledAt: row.disabledAt,
      deletedAt: row.deletedAt,
      expirationRemovedAt: null,
      expirationRestoredAt: null,
      lastUse: null,
    }
  }

  #organization({ id, organizationId }: { id: string; organizationId: string }): OrganizationEntry {
    const organization = this.organizations.get(organizationId)
    if (!organization) throw new Error(`organization ${organizationId} of key ${id} is missing`)
    return organization
  }

  #serviceUser({ serviceUserId: id, serviceUserName: name }: ServiceKeyRow): ServiceUserEntry {
    const known = this.#serviceUsers.get(id)
    if (known) return known
    const made = { id, name }
    this.#serviceUsers.set(id, made)
    return made
  }

  #allowedRanges(text: string): AllowedRanges {
    const known = this.#ranges.get(text)
    if (known) return known
    const texts = text.split(',')
    const made = { texts, set: addressRanges(texts) }
    this.#ranges.set(text, made)
    return made
  }
}

export function organizationEntry(row: OrganizationRow): OrganizationEntry {
  const { mediaLimitBytes, temporaryMediaLimitBytes: temporary } = row
  return {
    ...row,
    mediaLimitBytes: Number(mediaLimitBytes),
    temporaryMediaLimitBytes: temporary === null ? null : Number(temporary),
  }
}

export function signingKeyEntry({ kid, publicJwk }: SigningKeyRow): SigningKeyEntry {
  return { kid, x: publicJwk.x, publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }) }
}

function millisecondsOf(sql: Sql) {
  return (column: string) => sql`floor(extract(epoch from ${sql(column)}) * 1000)::float8`
}
