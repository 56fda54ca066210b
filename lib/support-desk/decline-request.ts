import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { limitFactsOf } from '@/lib/media/limit'
import { done, refuse } from '@/lib/outcome'
import { answerRequest, openRequest } from './answer-request'
import type { DeclineRequest } from './inputs'
import { limitAt } from './plan-change'
import { findAdmins, lockOrganization } from './store'
import { tellAdmins } from './tell-admins'

/**
 * Declines an organization's request and tells its admins why; the limit stays. Refuses with `not-found`, or with
 * `already-answered` and who was first. Answers `untold`: the admins whose mail was not taken.
 */
export async function declineRequest(input: DeclineRequest, actor: UserActor, now = new Date()) {
  const outcome = await db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, input.organizationId)
    if (!organization) return refuse('not-found')
    const open = await openRequest(tx, organization.id, input.requestId)
    if (!open.ok) return open
    const answer = { grantedBytes: null, answer: input.reason }
    const decision = await answerRequest(tx, open.value, answer, actor, now)
    const admins = await findAdmins(tx, organization.id)
    return done({ organization, request: { ...open.value, decision }, admins })
  })
  if (!outcome.ok) return outcome
  const { organization, request, admins } = outcome.value
  const limitBytes = limitAt(limitFactsOf(organization), now).bytes
  const news = { organization, change: null, request, limitBytes, reason: input.reason }
  return done({ untold: await tellAdmins(admins, news, `media-limit-request ${request.id}`) })
}
