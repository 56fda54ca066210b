import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { limitFactsOf } from '@/lib/media/limit'
import { tellOfMediaLimit } from '@/lib/notices/deeds/tell-of-media-limit'
import { done, refuse } from '@/lib/outcome'
import { answerRequest, openRequest } from './answer-request'
import type { DeclineRequest } from './inputs'
import { limitAt } from './plan-change'
import { recordBoth } from './record-both'
import { lockOrganization } from './store'

/**
 * Declines an organization's request and tells its admins why; the limit stays. Refuses with `not-found`, or with
 * `already-answered` and who was first.
 */
export async function declineRequest(input: DeclineRequest, actor: UserActor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, input.organizationId)
    if (!organization) return refuse('not-found')
    const open = await openRequest(tx, organization.id, input.requestId)
    if (!open.ok) return open
    const { reason } = input
    const answer = await answerRequest(tx, open.value, { grantedBytes: null, answer: reason }, actor, now)
    const limitBytes = limitAt(limitFactsOf(organization), now).bytes
    await tellOfMediaLimit(
      tx,
      actor,
      { organizationId: organization.id, subjectId: open.value.id, occasion: 'answered' },
      { limitBytes, change: null, request: answer.told, reason },
      now,
    )
    await recordBoth(tx, organization.id, actor, [answer.event], now)
    return done()
  })
}
