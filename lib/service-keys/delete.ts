import { type Actor, userIdOf } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { type Change, changeKey, type LockedKey } from './change-key'
import type { DeleteInput } from './inputs'
import { isInUse, stateOf } from './lifecycle'

/**
 * Removes a key at once, in any state; a tombstone stays. Refuses with `not-found`, and with `name-needed` where a
 * person deletes a key that is in use and has not typed its name.
 */
export async function deleteKey({ keyId, typedName }: DeleteInput, actor: Actor, now = new Date()) {
  return changeKey('delete', keyId, actor, now, (locked, at) => {
    const { key, lastUsedAt } = locked
    const isSure = actor.kind !== 'user' || typedName?.trim() === key.name
    if (isInUse(lastUsedAt, now) && !isSure) return refuse('name-needed', { name: key.name, lastUsedAt })
    return deletion(locked, actor, at)
  })
}

export function deletion({ key, lastUsedAt }: LockedKey, actor: Actor, at: Date): Change {
  return {
    action: 'service-key.deleted',
    facts: { deletedAt: at, deletedBy: userIdOf(actor) },
    details: { state: stateOf(key, at), lastUsedAt: lastUsedAt?.toISOString() ?? null },
  }
}
