import { type Actor, userIdOf } from '@/lib/auth/actor'
import type { KeyEvent } from '@/lib/notices/deeds/tell-other-admins'
import { refuse } from '@/lib/outcome'
import { changeKey } from './change-key'
import { stateOf } from './lifecycle'

/**
 * Removes a retiring, revoked or expired key at once and destroys its secret material; a tombstone stays.
 * Refuses with `not-found` or `still-active`.
 */
export async function deleteKey(input: { keyId: string }, actor: Actor, now = new Date()) {
  return changeKey(input.keyId, actor, now, (key) => {
    const state = stateOf(key, now)
    if (state === 'active') return refuse('still-active')
    return {
      action: 'organization-key.deleted',
      facts: { deletedAt: now, deletedBy: userIdOf(actor), sealedApiKey: null },
      details: { state },
      // Whoever used a key that was refused already loses nothing by this.
      ...(state === 'retiring' && key.acceptedUntil ? { event: cutShort(key.acceptedUntil) } : {}),
    }
  })
}

function cutShort(acceptedUntil: Date): KeyEvent {
  return {
    kind: 'organization-key-deleted',
    facts: { wouldHaveWorkedUntil: acceptedUntil.toISOString() },
  }
}
