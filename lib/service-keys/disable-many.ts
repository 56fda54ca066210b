import type { Actor } from '@/lib/auth/actor'
import { changeMany } from './change-many'
import { disabling } from './disable'

/** Disables those of the keys that are active; the others say why not. */
export async function disableMany({ keyIds }: { keyIds: string[] }, actor: Actor, now = new Date()) {
  return changeMany('disable', keyIds, actor, now, (_, at) => disabling(at))
}
