import type { AccessLevel } from '@/lib/keys/access-level'
import { maskedKey } from '@/lib/keys/masked'
import { type ServiceKeyState, stateOf } from './lifecycle'
import { type Maker, makerName } from './maker-name'
import type { SecretRow, ServiceKeyRow, ServiceKeyUseRow, ServiceUserRow } from './store'

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
  /** Until when the secret before this one is still accepted; null when it is not, as with a key that is not active. */
  overlapEndsAt: string | null
}

export type ServiceKeyPage = {
  keys: ServiceKeyView[]
  /** Where the next page begins; null at the end. */
  nextCursor: string | null
  /** The server's clock. */
  now: string
}

/** A key's row with what the list shows beside it. */
type ListedServiceKey = {
  key: ServiceKeyRow
  user: Pick<ServiceUserRow, 'id' | 'name'>
  /** The current one. */
  secret: SecretRow
  use: ServiceKeyUseRow
  /** As Postgres writes it. */
  overlapEndsAt: string | null
  maker: Maker
}

/** @param row of a key that is not deleted */
export function viewServiceKey(row: ListedServiceKey, now: Date): ServiceKeyView {
  const { key, user, secret, use, overlapEndsAt } = row
  const state = stateOf(key, now)
  if (state === 'deleted') throw new Error(`service key ${key.id} is deleted`)
  const refusal = callView(use.refusedAt, use.refusedFrom, use.refusedUserAgent)
  return {
    id: key.id,
    name: key.name,
    serviceUser: { id: user.id, name: user.name },
    masked: maskedKey(secret),
    secretId: secret.id,
    accessLevel: key.accessLevel,
    allowedRanges: key.allowedRanges,
    state,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
    createdBy: makerName(row.maker),
    changedAt: key.changedAt.toISOString(),
    lastUse: callView(use.lastUsedAt, use.lastUsedFrom, use.lastUserAgent),
    lastRefusal: refusal && use.refusedCode !== null ? { ...refusal, code: use.refusedCode } : null,
    overlapEndsAt:
      state !== 'active' || overlapEndsAt === null ? null : new Date(overlapEndsAt).toISOString(),
  }
}

function callView(at: Date | null, from: string | null, userAgent: string | null): UseView | null {
  return at && from !== null && userAgent !== null ? { at: at.toISOString(), from, userAgent } : null
}
