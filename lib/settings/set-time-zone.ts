import type { Actor } from '@/lib/auth/actor'
import { done, refuse } from '@/lib/outcome'
import { changeSetting } from './change-setting'
import { knownTimeZone } from './time-zone'

/** Sets the zone in which the API writes DateTimes while ISO 8601 UTC Format is off; answers its kept name. */
export async function setTimeZone(input: { from: string; timeZone: string }, actor: Actor, now = new Date()) {
  const to = knownTimeZone(input.timeZone)
  if (to === null) return refuse('unknown-time-zone')
  const action = 'organization.time-zone-set'
  const outcome = await changeSetting({ setting: 'timeZone', action, from: input.from, to }, actor, now)
  return outcome.ok ? done({ timeZone: to }) : outcome
}
