import { mayCall } from '@/lib/keys/access-level'
import type { Code } from './code'
import type { KeyEntry } from './entries'

/** A token that was read: not one of ours, one that nobody knows, a Secret with a valid signature, or a service key. */
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
  | { readonly form: 'service-key'; readonly key: KeyEntry }

/**
 * The call that the credential came with, `now` in milliseconds. What nobody named is null, and allowed only by a
 * key that allows everything of its kind.
 */
export type Call = {
  readonly method: string | null
  /** Canonical; another text is in no range. */
  readonly address: string | null
  readonly now: number
}

const day = 86_400_000

/** A Secret is dated by the console's clock, which may be a little ahead of this one's at midnight. */
const clockSkew = 5 * 60_000

/** The only place that says yes. Deadlines are compared with `now`: accepted a millisecond before, refused at it. */
export function decide(credential: Credential, call: Call): Code {
  if (credential.form === 'malformed') return 'MALFORMED'
  if (credential.form === 'unknown') return 'NOT_FOUND'
  const { key } = credential
  if (key.deletedAt !== null) return 'NOT_FOUND'
  if (credential.form === 'secret' && !isDatedWell(credential, call.now)) return 'MALFORMED'
  if (key.acceptedUntil !== null && call.now >= key.acceptedUntil) return 'REVOKED'
  if (key.expiresAt !== null && call.now >= key.expiresAt) return 'EXPIRED'
  if (credential.form === 'secret' && credential.expiresAt !== null && call.now >= credential.expiresAt)
    return 'EXPIRED'
  if (key.disabledAt !== null) return 'DISABLED'
  if (key.allowedRanges !== null && !(call.address !== null && key.allowedRanges.set.has(call.address)))
    return 'IP_DENIED'
  return mayCall(key.accessLevel, call.method) ? 'VALID' : 'INSUFFICIENT_ACCESS'
}

function isDatedWell(
  { key, issuedAt, expiresAt }: Extract<Credential, { form: 'secret' }>,
  now: number,
): boolean {
  return issuedAt <= now + clockSkew && (expiresAt !== null || neverExpiredOn(key, issuedAt))
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
