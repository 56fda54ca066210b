import { type Actor, userIdOf } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeKey } from './change-key'
import { stateOf } from './lifecycle'

/**
 * The current key no longer expires (seed 001, "Never expire"); Secrets that were copied before keep their own `exp`.
 * Refuses with `not-found`, `not-active`, `already-removed` or `review-in-the-past`.
 */
export async function removeExpiration(
  input: { keyId: string; reason?: string | undefined; reviewOn?: string | undefined },
  actor: Actor,
  now = new Date(),
) {
  return changeKey(input.keyId, actor, now, (key) => {
    if (stateOf(key, now) !== 'active') return refuse('not-active')
    if (!key.expiresAt) return refuse('already-removed')
    if (input.reviewOn && input.reviewOn <= now.toISOString().slice(0, 10))
      return refuse('review-in-the-past')
    return {
      action: 'organization-key.expiration-removed',
      facts: {
        expiresAt: null,
        replaceBy: null,
        removedExpiresAt: key.expiresAt,
        // The first removal stays: Secrets without `exp` are good from that day on (lib/verify/decide.ts).
        expirationRemovedAt: key.expirationRemovedAt ?? now,
        expirationRemovedBy: userIdOf(actor),
        expirationRemovedReason: input.reason || null,
        expirationReviewOn: input.reviewOn ?? null,
      },
      details: {
        from: key.expiresAt.toISOString(),
        nextReplacement: null,
        ...(input.reason ? { reason: input.reason } : {}),
        ...(input.reviewOn ? { reviewOn: input.reviewOn } : {}),
      },
      event: {
        kind: 'organization-key-expiration-removed',
        facts: { wouldHaveExpiredAt: key.expiresAt.toISOString(), reason: input.reason || null },
      },
    }
  })
}
