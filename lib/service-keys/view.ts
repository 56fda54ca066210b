import type { AccessLevel } from '@/lib/keys/access-level'
import type { ServiceKeyState } from './lifecycle'

/** A call as the table shows it: when, from where, with what. Precise to 10 seconds. */
export type UseView = { at: string; from: string; userAgent: string }

/** What a browser may see of a service key. Moments are ISO 8601 texts in UTC. */
export type ServiceKeyView = {
  id: string
  name: string
  serviceUser: { id: string; name: string }
  /** Of the current secret: its beginning and its last four characters. */
  masked: string
  /** Names the current secret; whoever rotates says which one they saw. */
  secretId: string
  accessLevel: AccessLevel
  /** Canonical CIDR ranges; empty: any address. */
  allowedRanges: string[]
  state: Exclude<ServiceKeyState, 'deleted'>
  /** Null: never expires. */
  expiresAt: string | null
  createdAt: string
  /** A person's name, or the name of the key that made it. */
  createdBy: string | null
  /** Whoever edits says which version they saw. */
  changedAt: string
  lastUse: UseView | null
  /** The last refused call and its exact code, such as `IP_DENIED`. */
  lastRefusal: (UseView & { code: string }) | null
  /** Until when the secret before this one is still accepted; null when it is not. */
  overlapEndsAt: string | null
}

export type ServiceKeyPage = {
  keys: ServiceKeyView[]
  /** Where the next page begins; null at the end. */
  nextCursor: string | null
  /** The server's clock. */
  now: string
}
