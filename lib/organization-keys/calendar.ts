/**
 * What is to happen to an organization's keys within 12 months, from what is known now. Pure; nothing of it is stored,
 * and the same rules bring it about (PRODUCT.md, Replace every).
 */
import { milestones } from '@/lib/notices/clock/milestones'
import type { ServiceKeyEnds } from '@/lib/service-keys/ends'
import { day, graceEnd, type OrganizationKeyFacts, scheduledExpiry, stateOf } from './lifecycle'
import { replacementDue, type ScheduledKey } from './schedule'

export type CalendarKey = OrganizationKeyFacts &
  ScheduledKey & {
    masked: string
    lastUsedAt: Date | null
    /** A date, `2026-03-29`. */
    expirationReviewOn: string | null
  }

/** A key that is there, or the one that the schedule is to make at a moment. */
export type KeyNamed = { masked: string } | { madeAt: Date }

export type CalendarEvent =
  /** The schedule makes the key's successor; both are accepted until `acceptedUntil`. */
  | { kind: 'replacement'; at: Date; key: KeyNamed; acceptedUntil: Date }
  /** A replaced key is accepted no more. People are told on the days of `reminders` while it is in use. */
  | { kind: 'end'; at: Date; key: { masked: string }; reminders: Date[] }
  /** Somebody wanted to look again whether the key should go on without an end. */
  | { kind: 'review'; at: Date; key: { masked: string }; on: string }
  /** Service keys expire, `count` of them from `at` to `last`; one alone by its name. */
  | { kind: 'service-keys'; at: Date; last: Date; count: number; name: string | null }

const order = ['replacement', 'end', 'review', 'service-keys'] as const

export function calendarEnd(now: Date): Date {
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  return end
}

/** In the order in which it comes. What is overdue comes now. */
export function calendar(
  keys: readonly CalendarKey[],
  replaceEveryDays: number,
  serviceKeyEnds: readonly ServiceKeyEnds[],
  now: Date,
): CalendarEvent[] {
  const until = calendarEnd(now)
  return [
    ...keys.flatMap((key) => comingOf(key, replaceEveryDays, now, until)),
    ...serviceKeyEnds.map(({ first, ...ends }) => ({ kind: 'service-keys' as const, at: first, ...ends })),
  ]
    .filter(({ at }) => at >= now && at < until)
    .sort((a, b) => inTime(a, b) || order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** By the second, as expiries are: what happens within one happens at once. */
export function inTime(a: { at: Date }, b: { at: Date }): number {
  return Math.floor(a.at.getTime() / 1000) - Math.floor(b.at.getTime() / 1000)
}

function comingOf(key: CalendarKey, replaceEveryDays: number, now: Date, until: Date): CalendarEvent[] {
  const state = stateOf(key, now)
  if (state === 'retiring' && key.acceptedUntil)
    return [{ kind: 'end', at: key.acceptedUntil, key: named(key), reminders: remindersOf(key, now) }]
  if (state !== 'active') return []
  return key.expiresAt ? [...replacements(key, replaceEveryDays, now, until)] : reviewOf(key, now)
}

/**
 * Each key is replaced by one that lives for as long as the schedule says, and is replaced in its turn. Only of a key
 * that is there its end is an event of its own.
 */
function* replacements(
  first: CalendarKey,
  replaceEveryDays: number,
  now: Date,
  until: Date,
): Generator<CalendarEvent> {
  let key: ScheduledKey & { name: KeyNamed } = { ...first, name: named(first) }
  for (;;) {
    const due = replacementDue(key)
    if (!due || due >= until) return
    const at = later(due, now)
    const acceptedUntil = graceEnd(key, at)
    yield { kind: 'replacement', at, key: key.name, acceptedUntil }
    if ('masked' in key.name) yield { kind: 'end', at: acceptedUntil, key: key.name, reminders: [] }
    key = {
      name: { madeAt: at },
      createdAt: at,
      expirationRestoredAt: null,
      expiresAt: scheduledExpiry(at, replaceEveryDays),
      replaceBy: null,
    }
  }
}

/** Only who still uses the key after its replacement has something to be reminded of. */
function remindersOf({ acceptedUntil, revokedAt, lastUsedAt }: CalendarKey, now: Date): Date[] {
  if (!acceptedUntil || !revokedAt || !lastUsedAt || lastUsedAt <= revokedAt) return []
  return milestones
    .toReversed()
    .map((days) => new Date(acceptedUntil.getTime() - days * day))
    .filter((at) => at >= revokedAt && at > now)
}

function reviewOf(key: CalendarKey, now: Date): CalendarEvent[] {
  const on = key.expirationReviewOn
  // A review is a day and no moment; at noon it is that day in most zones.
  return on ? [{ kind: 'review', at: later(new Date(`${on}T12:00:00Z`), now), key: named(key), on }] : []
}

function named({ masked }: CalendarKey) {
  return { masked }
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
