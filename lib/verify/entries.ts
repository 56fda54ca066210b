import type { KeyObject } from 'node:crypto'
import type { AccessLevel } from '@/lib/keys/access-level'
import type { MediaLimitFacts } from '@/lib/media/limit'
import type { AddressRanges } from '@/lib/network/address-ranges'
import type { Code } from './code'

/**
 * The newest call of its kind that waits to be written: of an organization key for each address, of a service key
 * the accepted and the refused one. `batch` tells whether it still waits.
 */
export type Use = {
  readonly keyId: string
  readonly organizationId: string
  readonly place: string
  readonly batch: number
  address: string
  userAgent: string
  /** Milliseconds since 1970. */
  at: number
  code: Code
}

/**
 * What the API knows of a key by one text of it: facts as milliseconds since 1970, null where there is none. Both
 * kinds of keys have all of them, so that the code of the hot path meets one shape only.
 */
export type KeyEntry = {
  readonly id: string
  readonly organization: OrganizationEntry
  /** Whose key it is; null: the organization's own. */
  readonly serviceUser: ServiceUserEntry | null
  readonly name: string
  readonly accessLevel: AccessLevel
  /** Null: any address. */
  readonly allowedRanges: AllowedRanges | null
  /** SHA-256 of the key's text, base64. A service key has an entry for each secret that it has or had. */
  readonly digest: string
  readonly expiresAt: number | null
  /** When the key was revoked, or this secret of a service key replaced. */
  readonly revokedAt: number | null
  readonly acceptedUntil: number | null
  readonly disabledAt: number | null
  readonly deletedAt: number | null
  readonly expirationRemovedAt: number | null
  readonly expirationRestoredAt: number | null
  /** Not a fact: where `LastUsed` finds its newest note about this key again, without a look-up. */
  lastUse: Use | null
}

export type ServiceUserEntry = { readonly id: string; readonly name: string }

/** One for all keys that have the same ranges. */
export type AllowedRanges = { readonly texts: readonly string[]; readonly set: AddressRanges }

export type OrganizationEntry = {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly isoUtcFormat: boolean
  readonly requestIdHeader: string
} & MediaLimitFacts

export type SigningKeyEntry = {
  readonly kid: string
  /** The public point, base64url, as JWK member `x` (RFC 8037). */
  readonly x: string
  readonly publicKey: KeyObject
}
