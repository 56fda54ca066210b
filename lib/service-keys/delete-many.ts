import type { Actor } from '@/lib/auth/actor'
import { type Refusal, refuse } from '@/lib/outcome'
import { changeMany } from './change-many'
import { deletion, tombstone } from './delete'
import { lastUses } from './last-uses'
import { isInUse } from './lifecycle'

type Input = { keyIds: string[]; typedCount?: number | undefined }
type CountNeeded = Refusal<'count-needed', { count: number; inUse: number }>

/**
 * Deletes those of the keys that are there; the others say that they are not. Refuses with `count-needed` where a
 * person deletes keys that are in use and has not typed how many they delete.
 */
export async function deleteMany({ keyIds, typedCount }: Input, actor: Actor, now = new Date()) {
  return changeMany<CountNeeded>('delete', keyIds, actor, now, async (locked, at, tx) => {
    const ids = locked.map(({ key }) => key.id)
    const uses = await lastUses(tx, ids)
    const inUse = ids.filter((id) => isInUse(uses.get(id) ?? null, now)).length
    const isSure = actor.kind !== 'user' || typedCount === ids.length
    if (inUse > 0 && !isSure) return refuse('count-needed', { count: ids.length, inUse })
    return {
      ...deletion(actor, at),
      detailsOf: (one) => tombstone(one, uses.get(one.key.id) ?? null, at),
    }
  })
}
