import type { Actor } from '@/lib/auth/actor'
import { refuse } from '@/lib/outcome'
import { changeSetting } from './change-setting'
import { headerNameFault } from './request-id-header'

/** Names the header in which the API looks for the customer's id of a request; the old name stops working. */
export async function setRequestIdHeader(
  input: { from: string; name: string },
  actor: Actor,
  now = new Date(),
) {
  const fault = headerNameFault(input.name)
  if (fault) return refuse('bad-header-name', fault)
  const action = 'organization.request-id-header-set'
  return changeSetting({ setting: 'requestIdHeader', action, from: input.from, to: input.name }, actor, now)
}
