import type { Actor } from '@/lib/auth/actor'
import { type Change, changeKey } from './change-key'

/** Refuses with `not-found`, `expired` or `already-disabled`. */
export async function disable({ keyId }: { keyId: string }, actor: Actor, now = new Date()) {
  return changeKey<never>('disable', keyId, actor, now, (_, at) => disabling(at))
}

export function disabling(at: Date): Change {
  return { action: 'service-key.disabled', facts: { disabledAt: at } }
}
