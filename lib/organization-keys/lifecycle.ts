/**
 * The organization key's life, from facts and a moment; nothing here is stored (PRODUCT.md, States).
 * All moments are `Date`s; the API compares the same deadlines as milliseconds.
 */
export const day = 86_400_000
export const graceDays = 30
export const expiringDays = 30
export const maxLifeDays = 365

export type OrganizationKeyFacts = {
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  acceptedUntil: Date | null
  deletedAt: Date | null
}

export type OrganizationKeyState = 'active' | 'retiring' | 'revoked' | 'expired' | 'deleted'

export function stateOf(key: OrganizationKeyFacts, now: Date): OrganizationKeyState {
  if (key.deletedAt) return 'deleted'
  if (key.revokedAt && key.acceptedUntil) return now < key.acceptedUntil ? 'retiring' : 'revoked'
  if (key.expiresAt && now >= key.expiresAt) return 'expired'
  return 'active'
}

/** The first moment at which the key is refused; null when there is none. Deletion is not a deadline but a fact. */
export function deadlineOf(key: Pick<OrganizationKeyFacts, 'expiresAt' | 'acceptedUntil'>): Date | null {
  return key.acceptedUntil ?? key.expiresAt
}

/** A badge on an active key, not a state: 30 days or less are left. */
export function isExpiring(key: OrganizationKeyFacts, now: Date): boolean {
  return (
    stateOf(key, now) === 'active' &&
    key.expiresAt !== null &&
    key.expiresAt.getTime() - now.getTime() <= expiringDays * day
  )
}

/** Until when a key that is revoked at `now` stays accepted: 30 days, never beyond the expiry that it already had. */
export function graceEnd(key: Pick<OrganizationKeyFacts, 'expiresAt'>, now: Date): Date {
  return earlier(wholeSecond(new Date(now.getTime() + graceDays * day)), key.expiresAt)
}

/** When a new key expires by the schedule. Whole seconds, because a Secret's `exp` has no smaller unit. */
export function scheduledExpiry(createdAt: Date, replaceEveryDays: number): Date {
  return wholeSecond(new Date(createdAt.getTime() + replaceEveryDays * day))
}

/** The latest expiry that may be chosen for a key: a year from its creation. */
export function latestExpiry(createdAt: Date): Date {
  return wholeSecond(new Date(createdAt.getTime() + maxLifeDays * day))
}

/**
 * The expiry that "Restore expiration" goes back to: the one that was taken away while it still lies at least a
 * day ahead, else the schedule's, counted from now, so that restoring never cuts anyone off by surprise.
 */
export function restoredExpiry(removedExpiresAt: Date | null, replaceEveryDays: number, now: Date): Date {
  if (removedExpiresAt && removedExpiresAt.getTime() - now.getTime() >= day) return removedExpiresAt
  return scheduledExpiry(now, replaceEveryDays)
}

export function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000)
}

function earlier(a: Date, b: Date | null): Date {
  return b && b < a ? b : a
}

export function keyName(generation: number): string {
  return `Organization key, generation ${generation}`
}
