import { db } from '@/db/client'
import { record } from '@/lib/audit/record'
import type { UserActor } from '@/lib/auth/actor'
import { isSteppedUp } from '@/lib/auth/step-up'
import { maskedKey } from '@/lib/keys/masked'
import { tellOtherAdmins } from '@/lib/notices/deeds/tell-other-admins'
import { done, refuse } from '@/lib/outcome'
import { stateOf } from './lifecycle'
import { findKey, lockOrganization } from './store'
import { todaysSecret } from './todays-secret'

/**
 * Shows the Secret of a key that is accepted; every reveal is an event of its own. Moments are ISO 8601 in UTC.
 * Refuses with `not-found`, `step-up-required`, or `not-accepted` and the state.
 */
export async function reveal(input: { keyId: string }, actor: UserActor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    const key = await findKey(tx, organization.id, input.keyId)
    if (!key || key.deletedAt) return refuse('not-found')
    if (!isSteppedUp(actor, now)) return refuse('step-up-required')
    const state = stateOf(key, now)
    if (state !== 'active' && state !== 'retiring') return refuse('not-accepted', { state })

    const { secret, claims } = await todaysSecret(tx, key, now)
    await tellOtherAdmins(tx, actor, key, { kind: 'organization-key-revealed', facts: {} }, now)
    await record(
      tx,
      actor,
      {
        action: 'organization-key.revealed',
        subjectKind: 'organization-key',
        subjectId: key.id,
        details: { key: maskedKey(key) },
      },
      now,
    )
    return done({
      secret,
      apiKey: claims.client_secret,
      issuedAt: new Date(claims.iat * 1000).toISOString(),
      expiresAt: claims.exp === undefined ? null : new Date(claims.exp * 1000).toISOString(),
    })
  })
}
