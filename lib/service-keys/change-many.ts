import { db } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { done, type Refusal } from '@/lib/outcome'
import { type Change, type LockedKey, momentOfChange, obstacleOf, writeChange } from './change-key'
import type { ServiceKeyVerb } from './lifecycle'
import { currentSecrets, lastUses, lockKeys } from './store'

/** What became of one key of many; `refused` is null where it was done. */
export type OneOfMany = {
  keyId: string
  name: string | null
  refused: NonNullable<ReturnType<typeof obstacleOf>> | null
}

/**
 * The shape that the verbs of many keys share, in one transaction. A key that the verb is not possible for keeps
 * none of the others from it; `judge` may refuse them all.
 */
export async function changeMany<R extends Refusal = never>(
  verb: ServiceKeyVerb,
  keyIds: readonly string[],
  actor: Actor,
  now: Date,
  plan: (locked: LockedKey, at: Date) => Change,
  judge: (locked: readonly LockedKey[]) => R | null = () => null,
) {
  const wanted = [...new Set(keyIds)]
  return db().transaction(async (tx) => {
    const keys = await lockKeys(tx, actor.organizationId, wanted)
    const ids = keys.map(({ id }) => id)
    const secrets = await currentSecrets(tx, ids)
    const uses = await lastUses(tx, ids)
    const all = keys.flatMap((key) => {
      const secret = secrets.get(key.id)
      return secret ? [{ key, secret, lastUsedAt: uses.get(key.id) ?? null }] : []
    })
    const refusal = judge(all)
    if (refusal) return refusal

    const outcomes = new Map<string, OneOfMany>()
    for (const locked of all) {
      const { key } = locked
      const refused = obstacleOf(verb, key, now)
      outcomes.set(key.id, { keyId: key.id, name: key.name, refused })
      const at = momentOfChange(key, now)
      if (!refused) await writeChange(tx, actor, locked, plan(locked, at), at)
    }
    const absent = (keyId: string): OneOfMany => ({ keyId, name: null, refused: 'not-found' })
    return done({ keys: wanted.map((keyId) => outcomes.get(keyId) ?? absent(keyId)) })
  })
}
