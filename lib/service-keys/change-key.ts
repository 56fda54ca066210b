import { db, type Transaction } from '@/db/client'
import type { AuditFacts } from '@/lib/audit/chain'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { maskedKey } from '@/lib/keys/masked'
import { done, type Refusal, refuse } from '@/lib/outcome'
import { obstacleTo, type ServiceKeyVerb, stateOf } from './lifecycle'
import { currentSecret, lastUses, lockKey, type SecretRow, type ServiceKeyRow, updateKey } from './store'

/** A key that is locked, with what its verbs decide by. */
export type LockedKey = { key: ServiceKeyRow; secret: SecretRow; lastUsedAt: Date | null }

export type Change = {
  action: string
  facts: Omit<Parameters<typeof updateKey>[2], 'changedAt'>
  details?: AuditFacts['details']
}

/**
 * The shape that the verbs of one key share: lock, decide, write, record. `decide` is asked only where nothing stands
 * in the verb's way, and answers the change or a refusal; it reads no more than who asks may grant.
 */
export async function changeKey<R extends Refusal = never>(
  verb: ServiceKeyVerb,
  keyId: string,
  actor: Actor,
  now: Date,
  decide: (locked: LockedKey, at: Date, tx: Transaction) => Change | R | Promise<Change | R>,
) {
  return db().transaction(async (tx) => {
    const key = await lockKey(tx, actor.organizationId, keyId)
    if (!key) return refuse('not-found')
    const obstacle = obstacleOf(verb, key, now)
    if (obstacle) return refuse(obstacle)
    const lastUsedAt = (await lastUses(tx, [keyId])).get(keyId) ?? null
    const locked = { key, secret: await currentSecret(tx, keyId), lastUsedAt }
    const at = momentOfChange(key, now)
    const change = await decide(locked, at, tx)
    if ('ok' in change) return change
    await writeChange(tx, actor, locked, change, at)
    return done({ changedAt: at })
  })
}

export async function writeChange(
  tx: Transaction,
  actor: Actor,
  { key, secret }: Pick<LockedKey, 'key' | 'secret'>,
  { action, facts, details }: Change,
  at: Date,
): Promise<void> {
  await updateKey(tx, key, { ...facts, changedAt: at })
  await record(
    tx,
    actor,
    {
      action,
      subjectKind: 'service-key',
      subjectId: key.id,
      details: { name: key.name, key: maskedKey(secret), ...details },
    },
    at,
  )
}

export function obstacleOf(verb: ServiceKeyVerb, key: ServiceKeyRow, now: Date) {
  const state = stateOf(key, now)
  return state === 'deleted' ? 'not-found' : obstacleTo(verb, state)
}

/** Every change moves `changedAt`, also where clocks differ: whoever saw the key before sees that it changed. */
export function momentOfChange({ changedAt }: Pick<ServiceKeyRow, 'changedAt'>, now: Date): Date {
  return now > changedAt ? now : new Date(changedAt.getTime() + 1)
}
