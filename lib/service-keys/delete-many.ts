import type { Actor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeMany } from './change-many'
import { deletion } from './delete'
import { isInUse } from './lifecycle'

type Input = { keyIds: string[]; typedCount?: number | undefined }

/**
 * Deletes those of the keys that are there; the others say that they are not. Refuses with `count-needed` where a
 * person deletes keys that are in use and has not typed how many they delete.
 */
export async function deleteMany({ keyIds, typedCount }: Input, actor: Actor, now = new Date()) {
  return changeMany(
    'delete',
    keyIds,
    actor,
    now,
    (locked, at) => deletion(locked, actor, at),
    (locked) => {
      const inUse = locked.filter(({ lastUsedAt }) => isInUse(lastUsedAt, now)).length
      const isSure = actor.kind !== 'user' || typedCount === locked.length
      return inUse > 0 && !isSure ? refuse('count-needed', { count: locked.length, inUse }) : null
    },
  )
}
