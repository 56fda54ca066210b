import { maskedKey } from '@/lib/keys/masked'
import { deadlineOf, isExpiring, keyName, type OrganizationKeyState, stateOf } from './lifecycle'
import { replacementDue } from './schedule'
import type { OrganizationKeyRow } from './store'

/** A key's row with the names and uses that the table shows beside it. */
export type ListedKey = OrganizationKeyRow & {
  createdByName: string | null
  revokedByName: string | null
  lastUsedAt: Date | null
  lastUsedFrom: string | null
  addressesIn7Days: number
}

/** What a browser may see of an organization key. Moments are ISO 8601 texts in UTC. */
export type OrganizationKeyView = {
  id: string
  /** What the key is called where there are many, in the API and in its log. */
  name: string
  masked: string
  state: Exclude<OrganizationKeyState, 'deleted'>
  isExpiring: boolean
  createdAt: string
  /** A person's name, or null for the schedule. */
  createdBy: string | null
  /** Null: never expires. */
  expiresAt: string | null
  /** The first moment at which the key is refused: the end of grace, else the expiry. Null: none. */
  deadline: string | null
  revokedAt: string | null
  revokedBy: string | null
  removedExpiresAt: string | null
  /** When its life began anew, because it got an end again. */
  expirationRestoredAt: string | null
  /** By when the schedule wants it replaced, where that comes before its expiry. */
  replaceBy: string | null
  /** When the schedule replaces it; past, where it is about to. Null for all but an active key, and for one that never expires. */
  replacementDue: string | null
  expirationReason: string | null
  expirationReviewOn: string | null
  lastUsedAt: string | null
  lastUsedFrom: string | null
  addressesIn7Days: number
}

export type OrganizationKeysView = {
  keys: OrganizationKeyView[]
  replaceEveryDays: number
  /** The server's clock, so that countdowns do not trust the browser's. */
  now: string
}

export function viewKey(key: ListedKey, now: Date): OrganizationKeyView {
  const state = stateOf(key, now)
  if (state === 'deleted') throw new Error('deleted keys are not listed')
  return {
    id: key.id,
    name: keyName(key.generation),
    masked: maskedKey(key),
    state,
    isExpiring: isExpiring(key, now),
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdByName,
    expiresAt: iso(key.expiresAt),
    deadline: iso(deadlineOf(key)),
    revokedAt: iso(key.revokedAt),
    revokedBy: key.revokedByName,
    removedExpiresAt: iso(key.removedExpiresAt),
    expirationRestoredAt: iso(key.expirationRestoredAt),
    replaceBy: iso(key.replaceBy),
    replacementDue: state === 'active' ? iso(replacementDue(key)) : null,
    expirationReason: key.expiresAt ? null : key.expirationRemovedReason,
    expirationReviewOn: key.expiresAt ? null : key.expirationReviewOn,
    lastUsedAt: iso(key.lastUsedAt),
    lastUsedFrom: key.lastUsedFrom,
    addressesIn7Days: key.addressesIn7Days,
  }
}

function iso(moment: Date | null): string | null {
  return moment?.toISOString() ?? null
}
