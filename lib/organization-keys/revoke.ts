import { db } from '@/db/client'
import { record } from '@/lib/audit/record'
import { type Actor, userIdOf } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { maskedKey } from '@/lib/keys/masked'
import { tellOtherAdmins } from '@/lib/notices/deeds/tell-other-admins'
import { done, refuse } from '@/lib/outcome'
import { createGeneration } from './generation'
import { graceEnd, scheduledExpiry, stateOf } from './lifecycle'
import { findCurrentKey, findKey, lockOrganization, nameOfUser, updateKey } from './store'

/**
 * Revokes the current key and makes its successor, in one transaction. The old key stays accepted until
 * `acceptedUntil` (seed 001: a grace period of up to 30 days).
 * Refuses with `already-revoked` and who was first when the key has a successor by now.
 */
export async function revoke(input: { keyId: string }, actor: Actor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    const key = await findKey(tx, organization.id, input.keyId)
    if (!key || key.deletedAt) return refuse('not-found')
    if (key.revokedAt) {
      return refuse('already-revoked', { by: await nameOfUser(tx, key.revokedBy), at: key.revokedAt })
    }
    const current = await findCurrentKey(tx, organization.id)
    if (current?.id !== key.id || stateOf(key, now) !== 'active') return refuse('expired')

    const successorId = newId('key')
    const acceptedUntil = graceEnd(key, now)
    await updateKey(tx, key, { revokedAt: now, revokedBy: userIdOf(actor), acceptedUntil, successorId })
    const expiresAt = scheduledExpiry(now, organization.replaceEveryDays)
    const successor = await createGeneration(tx, {
      organizationId: organization.id,
      id: successorId,
      createdAt: now,
      createdBy: userIdOf(actor),
      expiresAt,
    })
    const facts = { acceptedUntil: acceptedUntil.toISOString(), successor: maskedKey(successor) }
    await tellOtherAdmins(tx, actor, key, { kind: 'organization-key-revoked', facts }, now)
    await record(
      tx,
      actor,
      {
        action: 'organization-key.revoked',
        subjectKind: 'organization-key',
        subjectId: key.id,
        details: {
          key: maskedKey(key),
          acceptedUntil: acceptedUntil.toISOString(),
          successor: maskedKey(successor),
          successorId,
          successorExpiresAt: expiresAt.toISOString(),
        },
      },
      now,
    )
    return done({ successorId, acceptedUntil })
  })
}
