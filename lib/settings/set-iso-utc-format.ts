import type { Actor } from '@/lib/auth/actor'
import { changeSetting } from './change-setting'

/** Turns ISO 8601 UTC Format on or off: from now on the API writes every DateTime so. */
export async function setIsoUtcFormat(input: { on: boolean }, actor: Actor, now = new Date()) {
  const action = 'organization.iso-utc-format-set'
  return changeSetting({ setting: 'isoUtcFormat', action, to: input.on }, actor, now)
}
