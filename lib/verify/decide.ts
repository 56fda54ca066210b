import type { KeyEntry } from './entries'

/** The closed set of answers (CONTRACT.md, One decision). */
export type Code =
  | 'VALID'
  | 'MALFORMED'
  | 'NOT_FOUND'
  | 'EXPIRED'
  | 'REVOKED'
  | 'DISABLED'
  | 'IP_DENIED'
  | 'INSUFFICIENT_ACCESS'
  | 'RATE_LIMITED'

/** A token that was read: not one of ours, one whose key nobody knows, or a Secret with a valid signature. */
export type Credential =
  | { readonly form: 'malformed' }
  | { readonly form: 'unknown' }
  | {
      readonly form: 'secret'
      readonly key: KeyEntry
      /** The Secret's own `iat` and `exp`, milliseconds since 1970. */
      readonly issuedAt: number
      readonly expiresAt: number | null
    }

/** The call that the credential came with; `method` is null where a gateway did not name it, `now` in milliseconds. */
export type Call = { readonly method: string | null; readonly address: string; readonly now: number }

const day = 86_400_000

/** A Secret is dated by the console's clock, which may be a little ahead of this one's at midnight. */
const clockSkew = 5 * 60_000

/** The only place that says yes. Deadlines are compared with `now`: accepted a millisecond before, refused at it. */
export function decide(credential: Credential, call: Call): Code {
  if (credential.form === 'malformed') return 'MALFORMED'
  if (credential.form === 'unknown') return 'NOT_FOUND'
  const { key, issuedAt, expiresAt } = credential
  if (key.deletedAt !== null) return 'NOT_FOUND'
  if (issuedAt > call.now + clockSkew) return 'MALFORMED'
  if (expiresAt === null && !neverExpiredOn(key, issuedAt)) return 'MALFORMED'
  if (key.acceptedUntil !== null && call.now >= key.acceptedUntil) return 'REVOKED'
  if (key.expiresAt !== null && call.now >= key.expiresAt) return 'EXPIRED'
  if (expiresAt !== null && call.now >= expiresAt) return 'EXPIRED'
  return 'VALID'
}

/**
 * Whether a Secret issued on the UTC day that starts at `issuedAt` may lack `exp`: the key never expires, or did
 * not on that day, because its expiration was removed by then and not restored before.
 */
function neverExpiredOn(key: KeyEntry, issuedAt: number): boolean {
  if (key.expiresAt === null) return true
  const { expirationRemovedAt: removed, expirationRestoredAt: restored } = key
  if (removed === null || restored === null) return false
  return issuedAt >= Math.floor(removed / day) * day && issuedAt <= restored
}
