import type { Actor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeKey } from './change-key'
import { latestExpiry, restoredExpiry, stateOf, wholeSecond } from './lifecycle'
import { nextReplacement } from './schedule'

/**
 * Gives a never-expiring key an end again: the one chosen, else the one that was taken away. Refuses with
 * `not-found`, `not-active`, `not-removed`, `in-the-past`, or `too-late` and the latest moment.
 */
export async function restoreExpiration(
  input: { keyId: string; expiresAt?: Date | undefined },
  actor: Actor,
  now = new Date(),
) {
  return changeKey(input.keyId, actor, now, (key, organization) => {
    if (stateOf(key, now) !== 'active') return refuse('not-active')
    if (key.expiresAt) return refuse('not-removed')
    const expiresAt = input.expiresAt
      ? wholeSecond(input.expiresAt)
      : restoredExpiry(key.removedExpiresAt, organization.replaceEveryDays, now)
    if (expiresAt <= now) return refuse('in-the-past')
    const latest = latestExpiry(now)
    if (expiresAt > latest) return refuse('too-late', { latest })
    const facts = {
      expiresAt,
      replaceBy: null,
      removedExpiresAt: null,
      expirationReviewOn: null,
      expirationRestoredAt: now,
    }
    const next = nextReplacement({ ...key, ...facts })
    return {
      action: 'organization-key.expiration-restored',
      facts,
      details: { to: expiresAt.toISOString(), ...next },
      event: {
        kind: 'organization-key-expiration-restored',
        facts: { expiresAt: expiresAt.toISOString(), ...next },
      },
    }
  })
}
