/**
 * When the schedule replaces an organization key, from its facts; nothing here is stored (PRODUCT.md, Replace every).
 * Pure; Postgres has the same rule as `organization_key_replacement_due`, so that it finds what is due by an index.
 */
import { day } from './lifecycle'

export const longestOverlapDays = 30

export type ScheduledKey = {
  createdAt: Date
  /** A key that got an end again begins its life anew. */
  expirationRestoredAt: Date | null
  /** Null: never expires, and is left alone. */
  expiresAt: Date | null
  /** An earlier end than the expiry, by an interval that became shorter. */
  replaceBy: Date | null
}

/**
 * `min(30 days, half the key's life)` before its end, so that the overlap of old and new key ends exactly at the
 * printed expiry. It may be past, and then it is time. Null: never.
 */
export function replacementDue(key: ScheduledKey): Date | null {
  if (!key.expiresAt) return null
  const end = (key.replaceBy ?? key.expiresAt).getTime()
  const life = end - lifeBegins(key).getTime()
  return new Date(Math.floor(end - overlapDays(life / day) * day))
}

/** For how many days a key that lives for `lifeDays` is accepted beside its successor: 30, or half of its life. */
export function overlapDays(lifeDays: number): number {
  return Math.min(longestOverlapDays, lifeDays / 2)
}

/** The same as the audit log says it of a change. */
export function nextReplacement(key: ScheduledKey): { nextReplacement: string | null } {
  return { nextReplacement: replacementDue(key)?.toISOString() ?? null }
}

/**
 * What "Replace every" `days` asks of a key that exists: its earlier end, or null where its expiry comes first, which
 * a longer interval never moves.
 */
export function replaceByInterval(key: ScheduledKey, days: number): Date | null {
  if (!key.expiresAt) return null
  const end = new Date(lifeBegins(key).getTime() + days * day)
  return end < key.expiresAt ? end : null
}

function lifeBegins(key: ScheduledKey): Date {
  return key.expirationRestoredAt ?? key.createdAt
}
