import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { done, refuse } from '@/lib/outcome'
import { answerRequest, openRequest } from './answer-request'
import { changeLimit } from './change-limit'
import type { GrantRequest } from './inputs'
import { findAdmins, lockOrganization } from './store'
import { tellAdmins } from './tell-admins'

/**
 * Grants an organization's request: as wanted, or less, for good or until an end. The answer and the new limit are
 * one transaction. A limit that already is as large as wanted stays as it is. Refuses as `setMediaLimit` and with
 * `already-answered` and who was first.
 */
export async function grantRequest(input: GrantRequest, actor: UserActor, now = new Date()) {
  const outcome = await db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, input.organizationId)
    if (!organization) return refuse('not-found')
    const open = await openRequest(tx, organization.id, input.requestId)
    if (!open.ok) return open
    const request = open.value
    const change = await changeLimit(tx, organization, input, actor, now)
    const isThereAlready = !change.ok && change.reason === 'unchanged' && input.bytes >= request.wantedBytes
    if (!change.ok && !isThereAlready) return change
    const answer = { grantedBytes: input.bytes, answer: input.reason }
    const decision = await answerRequest(tx, request, answer, actor, now)
    const admins = await findAdmins(tx, organization.id)
    return done({ organization, request, decision, change: change.ok ? change.value : null, admins })
  })
  if (!outcome.ok) return outcome
  const { organization, request, decision, change, admins } = outcome.value
  const news = {
    organization,
    change,
    request: { ...request, grantedBytes: input.bytes, decision },
    limitBytes: input.bytes,
    reason: input.reason,
  }
  const untold = await tellAdmins(admins, news, `media-limit-request ${request.id}`)
  return done({ bytes: input.bytes, endsAt: input.endsAt ?? null, untold })
}
