import type { Transaction } from '@/db/client'
import type { AuditFacts } from '@/lib/audit/chain'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { maskedKey } from '@/lib/keys/masked'
import { done, type Refusal, refuse } from '@/lib/outcome'
import { obstacleTo, type ServiceKeyVerb, stateOf } from './lifecycle'
import { currentSecret, lockKey, type SecretRow, type ServiceKeyRow, updateKeys } from './store'

/** A key that is locked, with its current secret. */
export type LockedKey = { key: ServiceKeyRow; secret: SecretRow }

export type Change = {
  action: string
  facts: Omit<Parameters<typeof updateKeys>[3], 'changedAt'>
  details?: AuditFacts['details']
}

/**
 * The shape that the verbs of one key share, within a transaction of the caller's: lock, decide, write, record.
 * `decide` is asked only where nothing stands in the verb's way, and answers the change, a refusal, or null where
 * nothing would change.
 */
export async function changeKey<R extends Refusal = never>(
  tx: Transaction,
  verb: ServiceKeyVerb,
  keyId: string,
  actor: Actor,
  now: Date,
  decide: (locked: LockedKey, at: Date) => Change | R | null | Promise<Change | R | null>,
) {
  const key = await lockKey(tx, actor.organizationId, keyId)
  if (!key) return refuse('not-found')
  const at = momentOfChange([key], now)
  const obstacle = obstacleOf(verb, key, at)
  if (obstacle) return refuse(obstacle)
  const locked = { key, secret: await currentSecret(tx, keyId) }
  const change = await decide(locked, at)
  if (change === null) return done({ changedAt: key.changedAt })
  if ('ok' in change) return change
  await updateKeys(tx, actor.organizationId, [keyId], { ...change.facts, changedAt: at })
  await record(tx, actor, eventOf(locked, change), at)
  return done({ changedAt: at })
}

export function eventOf(
  { key, secret }: LockedKey,
  { action, details }: { action: string; details?: Change['details'] | undefined },
) {
  return {
    action,
    subjectKind: 'service-key',
    subjectId: key.id,
    details: { name: key.name, key: maskedKey(secret), ...details },
  }
}

export function obstacleOf(verb: ServiceKeyVerb, key: ServiceKeyRow, now: Date) {
  const state = stateOf(key, now)
  return state === 'deleted' ? 'not-found' : obstacleTo(verb, state)
}

/** Every change moves `changedAt`, also where clocks differ: whoever saw a key before sees that it changed. */
export function momentOfChange(keys: readonly Pick<ServiceKeyRow, 'changedAt'>[], now: Date): Date {
  return new Date(Math.max(now.getTime(), ...keys.map(({ changedAt }) => changedAt.getTime() + 1)))
}
