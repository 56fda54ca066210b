import type { Actor } from '@/lib/auth/actor'
import type { Refusal } from '@/lib/outcome'
import { changeKey } from './change-key'
import { type Guard, noGuard } from './guard'

/** Refuses with `not-found`, `expired` or `already-enabled`. */
export async function enable<R extends Refusal = never>(
  { keyId }: { keyId: string },
  actor: Actor,
  now = new Date(),
  guard: Guard<R> = noGuard,
) {
  return changeKey<R>(
    'enable',
    keyId,
    actor,
    now,
    async ({ key }, _, tx) =>
      (await guard(key, tx)) ?? { action: 'service-key.enabled', facts: { disabledAt: null } },
  )
}
