import type { Actor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeKey } from './change-key'
import { latestExpiry, stateOf, wholeSecond } from './lifecycle'
import { nextReplacement } from './schedule'

/**
 * Chooses for how long a current key is active: from now on, a year after its creation at the most. What was
 * chosen for one key stands before the interval of all. Refuses with
 * `not-found`, `not-active`, `in-the-past`, or `too-late` and the latest moment.
 */
export async function setExpiry(input: { keyId: string; expiresAt: Date }, actor: Actor, now = new Date()) {
  return changeKey(input.keyId, actor, now, (key) => {
    if (stateOf(key, now) !== 'active' || !key.expiresAt) return refuse('not-active')
    const expiresAt = wholeSecond(input.expiresAt)
    if (expiresAt <= now) return refuse('in-the-past')
    const latest = latestExpiry(key.createdAt)
    if (expiresAt > latest) return refuse('too-late', { latest })
    const facts = { expiresAt, replaceBy: null }
    return {
      action: 'organization-key.expiry-set',
      facts,
      details: {
        from: key.expiresAt.toISOString(),
        to: expiresAt.toISOString(),
        ...nextReplacement({ ...key, ...facts }),
      },
    }
  })
}
