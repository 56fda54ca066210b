import { db, type Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import type { Refusal } from '@/lib/outcome'
import { changeKey } from './change-key'
import { type Guard, noGuard } from './may-grant'

type Input = { keyId: string }

/** Refuses with `not-found`, `expired` or `already-enabled`. */
export async function enable(input: Input, actor: Actor, now = new Date()) {
  return db().transaction((tx) => enableIn(tx, input, actor, now))
}

/** The same within a transaction of the caller's. */
export async function enableIn<R extends Refusal = never>(
  tx: Transaction,
  { keyId }: Input,
  actor: Actor,
  now: Date,
  guard: Guard<R> = noGuard,
) {
  return changeKey<R>(
    tx,
    'enable',
    keyId,
    actor,
    now,
    async ({ key }) =>
      (await guard(key, tx)) ?? { action: 'service-key.enabled', facts: { disabledAt: null } },
  )
}
