import { db } from '@/db/client'
import type { AuditFacts } from '@/lib/audit/chain'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { maskedKey } from '@/lib/keys/masked'
import { type KeyEvent, tellOtherAdmins } from '@/lib/notices/deeds/tell-other-admins'
import { done, type Refusal, refuse } from '@/lib/outcome'
import { findKey, lockOrganization, type OrganizationKeyRow, type OrganizationRow, updateKey } from './store'

type Change = {
  action: string
  facts: Parameters<typeof updateKey>[2]
  details?: AuditFacts['details']
  /** What the other admins are told of it, if anything. */
  event?: KeyEvent
}

/**
 * The shape that all single-key verbs share: lock, decide, write, tell, record. `decide` is pure and answers the
 * change or a refusal.
 */
export async function changeKey<R extends Refusal>(
  keyId: string,
  actor: Actor,
  now: Date,
  decide: (key: OrganizationKeyRow, organization: OrganizationRow) => Change | R,
) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    const key = await findKey(tx, organization.id, keyId)
    if (!key || key.deletedAt) return refuse('not-found')
    const change = decide(key, organization)
    if ('ok' in change) return change
    await updateKey(tx, key, change.facts)
    if (change.event) await tellOtherAdmins(tx, actor, key, change.event, now)
    await record(
      tx,
      actor,
      {
        action: change.action,
        subjectKind: 'organization-key',
        subjectId: key.id,
        details: { key: maskedKey(key), ...change.details },
      },
      now,
    )
    return done()
  })
}
