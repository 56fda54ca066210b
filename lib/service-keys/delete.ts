import { db } from '@/db/client'
import { type Actor, userIdOf } from '@/lib/auth/actor'
import { type Refusal, refuse } from '@/lib/outcome'
import { changeKey, type LockedKey } from './change-key'
import type { DeleteInput } from './inputs'
import { lastUses } from './last-uses'
import { isInUse, stateOf } from './lifecycle'
import { type Guard, noGuard } from './may-grant'

type NameNeeded = Refusal<'name-needed', { name: string; lastUsedAt: Date | null }>

/**
 * Removes a key at once, in any state; a tombstone stays. Refuses with `not-found`, and with `name-needed` where a
 * person deletes a key that is in use and has not typed its name.
 */
export async function deleteKey<R extends Refusal = never>(
  { keyId, typedName }: DeleteInput,
  actor: Actor,
  now = new Date(),
  guard: Guard<R> = noGuard,
) {
  return db().transaction((tx) =>
    changeKey<R | NameNeeded>(tx, 'delete', keyId, actor, now, async (locked, at) => {
      const refused = await guard(null, tx)
      if (refused) return refused
      const lastUsedAt = (await lastUses(tx, [keyId])).get(keyId) ?? null
      const { name } = locked.key
      const isSure = actor.kind !== 'user' || typedName?.trim() === name
      if (isInUse(lastUsedAt, now) && !isSure) return refuse('name-needed', { name, lastUsedAt })
      return { ...deletion(actor, at), details: tombstone(locked, lastUsedAt, at) }
    }),
  )
}

export function deletion(actor: Actor, at: Date) {
  return { action: 'service-key.deleted', facts: { deletedAt: at, deletedBy: userIdOf(actor) } }
}

/** What the audit log keeps of a key that is gone. */
export function tombstone({ key }: LockedKey, lastUsedAt: Date | null, at: Date) {
  return { state: stateOf(key, at), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}
