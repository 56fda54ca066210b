import type { Actor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeSetting } from './change-setting'
import { knownTimeZone } from './time-zone'

/** Sets the zone in which the API writes DateTimes while ISO 8601 UTC Format is off. */
export async function setTimeZone(input: { from: string; timeZone: string }, actor: Actor, now = new Date()) {
  const to = knownTimeZone(input.timeZone)
  if (to === null) return refuse('unknown-time-zone')
  const action = 'organization.time-zone-set'
  return changeSetting({ setting: 'timeZone', action, from: input.from, to }, actor, now)
}
