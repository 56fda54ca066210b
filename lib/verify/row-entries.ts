import { createPublicKey } from 'node:crypto'
import { addressRanges } from '@/lib/keys/ip-ranges'
import { keyName } from '@/lib/organization-keys/lifecycle'
import type { AllowedRanges, KeyEntry, OrganizationEntry, ServiceUserEntry, SigningKeyEntry } from './entries'
import type { OrganizationKeyRow, OrganizationRow, ServiceKeySecretRow, SigningKeyRow } from './list-rows'

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

  ofServiceKey(row: ServiceKeySecretRow): KeyEntry {
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

  #serviceUser({ serviceUserId: id, serviceUserName: name }: ServiceKeySecretRow): ServiceUserEntry {
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
