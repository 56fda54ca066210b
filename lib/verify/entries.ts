import type { KeyObject } from 'node:crypto'

/** What may be done with a key: every method. Named keys bring narrower levels. */
export type AccessLevel = 'full'

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
}

export type OrganizationEntry = {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly isoUtcFormat: boolean
  readonly requestIdHeader: string
  readonly mediaLimitBytes: number
}

export type SigningKeyEntry = {
  readonly kid: string
  /** The public point, base64url, as JWK member `x` (RFC 8037). */
  readonly x: string
  readonly publicKey: KeyObject
}
