import { db, type Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import type { Refusal } from '@/lib/outcome'
import { changeKey } from './change-key'
import { type Guard, noGuard } from './may-grant'

type Input = { keyId: string }

/** Refuses with `not-found`, `expired` or `already-disabled`. */
export async function disable(input: Input, actor: Actor, now = new Date()) {
  return db().transaction((tx) => disableIn(tx, input, actor, now))
}

/** The same within a transaction of the caller's. */
export async function disableIn<R extends Refusal = never>(
  tx: Transaction,
  { keyId }: Input,
  actor: Actor,
  now: Date,
  guard: Guard<R> = noGuard,
) {
  return changeKey<R>(
    tx,
    'disable',
    keyId,
    actor,
    now,
    async (_, at) => (await guard(null, tx)) ?? disabling(at),
  )
}

export function disabling(at: Date) {
  return { action: 'service-key.disabled', facts: { disabledAt: at } }
}
