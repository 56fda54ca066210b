import { db, type Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { once, type Retry } from '@/lib/idempotency/once'
import { done, type Outcome, type Refusal } from '@/lib/outcome'
import { findServiceKey } from './find'

/**
 * Does a verb that makes a secret, and reads its key in the same transaction: nobody can read the text again, so
 * nothing may fail between its making and its answer.
 * @param retry null: whoever asks again is another asker
 * @returns `key` is null where it was made before; so is `view` when it has been deleted since
 */
export async function showOnce<R extends Refusal>(
  actor: Actor,
  retry: Retry | null,
  now: Date,
  verb: (tx: Transaction) => Promise<Outcome<{ keyId: string; key: string }, R>>,
) {
  return db().transaction(async (tx) => {
    const make = async () => {
      const made = await verb(tx)
      return made.ok ? done({ subjectId: made.value.keyId, key: made.value.key }) : made
    }
    const outcome = retry === null ? await make() : await once(tx, retry, now, make)
    if (!outcome.ok) return outcome
    const { subjectId } = outcome.value
    const key = 'key' in outcome.value ? outcome.value.key : null
    return done({ key, view: await findServiceKey(tx, actor.organizationId, subjectId, now) })
  })
}
