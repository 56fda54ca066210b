import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { tellOfMediaLimit } from '@/lib/notices/deeds/tell-of-media-limit'
import { done, refuse } from '@/lib/outcome'
import { answerRequest, openRequest } from './answer-request'
import { changeLimit } from './change-limit'
import type { GrantRequest } from './inputs'
import { recordBoth } from './record-both'
import { lockOrganization } from './store'

/**
 * Grants an organization's request: as wanted, or less, for good or until an end. The answer, the new limit and what
 * the admins are told are one transaction. A limit that already is as large as wanted stays as it is. Refuses as
 * `setMediaLimit` and with `already-answered` and who was first.
 */
export async function grantRequest(input: GrantRequest, actor: UserActor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, input.organizationId)
    if (!organization) return refuse('not-found')
    const open = await openRequest(tx, organization.id, input.requestId)
    if (!open.ok) return open
    const request = open.value
    const change = await changeLimit(tx, organization, input, actor, now)
    const isThereAlready = !change.ok && change.reason === 'unchanged' && input.bytes >= request.wantedBytes
    if (!change.ok && !isThereAlready) return change
    const { bytes, reason } = input
    const answer = await answerRequest(tx, request, { grantedBytes: bytes, answer: reason }, actor, now)
    await tellOfMediaLimit(
      tx,
      actor,
      { organizationId: organization.id, subjectId: request.id, occasion: 'answered' },
      { limitBytes: bytes, change: change.ok ? change.value.told : null, request: answer.told, reason },
      now,
    )
    const events = change.ok ? [change.value.event, answer.event] : [answer.event]
    await recordBoth(tx, organization.id, actor, events, now)
    return done({ bytes, endsAt: input.endsAt ?? null })
  })
}
