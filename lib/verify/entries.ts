import type { KeyObject } from 'node:crypto'
import type { MediaLimitFacts } from '@/lib/media/limit'

/** What may be done with a key: every method. Named keys bring narrower levels. */
export type AccessLevel = 'full'

/** A use that waits to be written; `batch` tells whether it still does. */
export type Use = {
  readonly keyId: string
  readonly organizationId: string
  readonly address: string
  readonly batch: number
  userAgent: string
  /** Milliseconds since 1970. */
  at: number
}

/** What the API knows of a key: facts as milliseconds since 1970, null where there is none. */
export type KeyEntry = {
  readonly id: string
  readonly organization: OrganizationEntry
  readonly name: string
  readonly accessLevel: AccessLevel
  /** SHA-256 of the API key, base64. */
  readonly digest: string
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  readonly acceptedUntil: number | null
  readonly deletedAt: number | null
  readonly expirationRemovedAt: number | null
  readonly expirationRestoredAt: number | null
  /** Not a fact: where `LastUsed` finds its newest note about this key again, without a look-up. */
  lastUse: Use | null
}

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
