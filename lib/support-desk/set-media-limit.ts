import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { done, refuse } from '@/lib/outcome'
import { changeLimit } from './change-limit'
import type { SetMediaLimit } from './inputs'
import { findAdmins, lockOrganization } from './store'
import { tellAdmins } from './tell-admins'

/**
 * Sets an organization's media limit, for good or until an end, and tells its admins. Refuses with `not-found`,
 * `changed-meanwhile` and the change that came between, `ends-in-the-past`, `unchanged` or `same-afterwards`.
 * Answers the new limit and `untold`: the admins whose mail was not taken; the change stands all the same.
 */
export async function setMediaLimit(input: SetMediaLimit, actor: UserActor, now = new Date()) {
  const outcome = await db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, input.organizationId)
    if (!organization) return refuse('not-found')
    const change = await changeLimit(tx, organization, input, actor, now)
    if (!change.ok) return change
    return done({ organization, change: change.value, admins: await findAdmins(tx, organization.id) })
  })
  if (!outcome.ok) return outcome
  const { organization, change, admins } = outcome.value
  const news = { organization, change, request: null, limitBytes: change.bytes, reason: input.reason }
  const untold = await tellAdmins(admins, news, `media-limit ${organization.id} ${change.number}`)
  return done({ bytes: change.bytes, endsAt: change.endsAt, untold })
}
