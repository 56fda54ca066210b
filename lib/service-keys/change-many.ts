import { db, type Transaction } from '@/db/client'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { done, type Refusal } from '@/lib/outcome'
import { type Change, eventOf, type LockedKey, momentOfChange, obstacleOf } from './change-key'
import type { ServiceKeyVerb } from './lifecycle'
import { lockKeys, updateKeys, withCurrentSecrets } from './store'

/** What became of one key of many; `refused` is null where it was done. */
export type OneOfMany = {
  keyId: string
  name: string | null
  refused: NonNullable<ReturnType<typeof obstacleOf>> | null
}

/** The same facts for all of them, and what the audit log says of each. */
type ChangeOfMany = Omit<Change, 'details'> & { detailsOf?: (locked: LockedKey) => Change['details'] }

/**
 * The shape that the verbs of many keys share, in one transaction. A key that the verb is not possible for keeps
 * none of the others from it; `decide` may refuse them all. They change at one moment and by one statement: each
 * change of a key waits for the one before to be announced, whoever's it is.
 */
export async function changeMany<R extends Refusal = never>(
  verb: ServiceKeyVerb,
  keyIds: readonly string[],
  actor: Actor,
  now: Date,
  decide: (
    locked: readonly LockedKey[],
    at: Date,
    tx: Transaction,
  ) => ChangeOfMany | R | Promise<ChangeOfMany | R>,
) {
  const wanted = [...new Set(keyIds)]
  return db().transaction(async (tx) => {
    const keys = await lockKeys(tx, actor.organizationId, wanted)
    const all = await withCurrentSecrets(tx, keys)
    const at = momentOfChange(keys, now)
    const change = await decide(all, at, tx)
    if ('ok' in change) return change

    const refusals = new Map(keys.map((key) => [key.id, obstacleOf(verb, key, at)] as const))
    const changing = all.filter(({ key }) => refusals.get(key.id) === null)
    const { action, facts, detailsOf } = change
    const ids = changing.map(({ key }) => key.id)
    await updateKeys(tx, actor.organizationId, ids, { ...facts, changedAt: at })
    const events = changing.map((locked) => eventOf(locked, { action, details: detailsOf?.(locked) }))
    await recordAll(tx, actor, events, at)

    const outcomes = new Map(
      keys.map(({ id, name }): [string, OneOfMany] => [
        id,
        { keyId: id, name, refused: refusals.get(id) ?? null },
      ]),
    )
    const absent = (keyId: string): OneOfMany => ({ keyId, name: null, refused: 'not-found' })
    return done({ keys: wanted.map((keyId) => outcomes.get(keyId) ?? absent(keyId)) })
  })
}
