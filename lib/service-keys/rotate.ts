import { db, type Transaction } from '@/db/client'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { maskedKey } from '@/lib/keys/masked'
import { done, type Refusal, refuse } from '@/lib/outcome'
import { obstacleOf } from './change-key'
import type { RotateInput } from './inputs'
import { overlapEnd } from './lifecycle'
import { makerOfSecret } from './maker'
import { type Guard, noGuard } from './may-grant'
import { createSecret } from './new-secret'
import { currentSecret, lockKey, replaceSecret } from './store'

/**
 * Gives a key another secret and answers its text, which nobody can read again. The one before is accepted for
 * `overlapHours` more, and none before it for longer than that. Refuses with `not-found`, `expired`, and
 * `already-rotated` and who was first.
 */
export async function rotate(input: RotateInput, actor: Actor, now = new Date()) {
  return db().transaction((tx) => rotateIn(tx, input, actor, now))
}

/** The same within a transaction of the caller's. */
export async function rotateIn<R extends Refusal = never>(
  tx: Transaction,
  { keyId, secretId, overlapHours }: RotateInput,
  actor: Actor,
  now: Date,
  guard: Guard<R> = noGuard,
) {
  const key = await lockKey(tx, actor.organizationId, keyId)
  if (!key) return refuse('not-found')
  const obstacle = obstacleOf('rotate', key, now)
  if (obstacle) return refuse(obstacle)
  const current = await currentSecret(tx, keyId)
  if (current.id !== secretId)
    return refuse('already-rotated', { by: await makerOfSecret(tx, current.id), at: current.createdAt })
  const refused = await guard(key, tx)
  if (refused) return refused

  // No secret is replaced before it was made, also where the clock that made it is ahead of this one.
  const at = now < current.createdAt ? current.createdAt : now
  const acceptedUntil = overlapEnd(key, overlapHours, at)
  await replaceSecret(tx, current, { replacedAt: at, acceptedUntil })
  const secret = await createSecret(tx, actor, keyId, at)
  await record(
    tx,
    actor,
    {
      action: 'service-key.rotated',
      subjectKind: 'service-key',
      subjectId: keyId,
      details: {
        name: key.name,
        key: secret.masked,
        formerKey: maskedKey(current),
        acceptedUntil: acceptedUntil.toISOString(),
      },
    },
    at,
  )
  return done({ keyId, ...secret, name: key.name, formerAcceptedUntil: acceptedUntil })
}
