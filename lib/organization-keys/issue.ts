import { db } from '@/db/client'
import { record } from '@/lib/audit/record'
import { type Actor, userIdOf } from '@/lib/auth/actor'
import { env } from '@/lib/env'
import { newId } from '@/lib/id'
import { maskedKey } from '@/lib/keys/masked'
import { tellOtherAdmins } from '@/lib/notices/deeds/tell-other-admins'
import { done, refuse } from '@/lib/outcome'
import { signerAt } from '@/lib/signing-keys/signer'
import { createGeneration } from './generation'
import { scheduledExpiry, stateOf } from './lifecycle'
import { findCurrentKey, lockOrganization, updateKey } from './store'

/**
 * Makes an organization's first key, or the next one when the current has expired; an active key is replaced by
 * revoking it. Refuses with `already-active`.
 */
export async function issue(_input: object, actor: Actor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    const current = await findCurrentKey(tx, organization.id)
    if (current && stateOf(current, now) === 'active') return refuse('already-active')

    // Published before the first Secret is shown, so that every API process knows it; and before anything else is
    // written, because every change of a key queues for the list's version, and rotation must not wait behind that.
    await signerAt(tx, now, env().MASTER_KEY)
    const id = newId('key')
    if (current) await updateKey(tx, current, { successorId: id })
    const expiresAt = scheduledExpiry(now, organization.replaceEveryDays)
    const key = await createGeneration(tx, {
      organizationId: organization.id,
      id,
      createdAt: now,
      createdBy: userIdOf(actor),
      expiresAt,
    })
    const facts = { expiresAt: expiresAt.toISOString() }
    await tellOtherAdmins(tx, actor, key, { kind: 'organization-key-issued', facts }, now)
    await record(
      tx,
      actor,
      {
        action: 'organization-key.issued',
        subjectKind: 'organization-key',
        subjectId: id,
        details: { key: maskedKey(key), ...facts },
      },
      now,
    )
    return done({ keyId: id })
  })
}
