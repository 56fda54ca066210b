import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { tellOfMediaLimit } from '@/lib/notices/deeds/tell-of-media-limit'
import { done, refuse } from '@/lib/outcome'
import { changeLimit } from './change-limit'
import type { SetMediaLimit } from './inputs'
import { recordBoth } from './record-both'
import { lockOrganization } from './store'

/**
 * Sets an organization's media limit, for good or until an end, and tells its admins. Refuses with `not-found`,
 * `changed-meanwhile` and the change that came between, `ends-in-the-past`, `unchanged` or `same-afterwards`.
 */
export async function setMediaLimit(input: SetMediaLimit, actor: UserActor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, input.organizationId)
    if (!organization) return refuse('not-found')
    const change = await changeLimit(tx, organization, input, actor, now)
    if (!change.ok) return change
    const { number, bytes, endsAt, told, event } = change.value
    await tellOfMediaLimit(
      tx,
      actor,
      { organizationId: organization.id, subjectId: organization.id, occasion: `change ${number}` },
      { limitBytes: bytes, change: told, request: null, reason: input.reason },
      now,
    )
    await recordBoth(tx, organization.id, actor, [event], now)
    return done({ bytes, endsAt })
  })
}
