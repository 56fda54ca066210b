import { db } from '@/db/client'
import { maskedKey } from '@/lib/keys/masked'
import type { OrganizationKeyEnding } from '@/lib/notices/kinds'
import { raise } from '@/lib/notices/raise'
import { findRecipients } from '@/lib/notices/recipients'
import { type Ending, type EndingRow, endingQuery, overdue, retiring } from './organization-key-endings'

/**
 * Tells of organization keys that somebody still uses although they end within 14, 7 or 1 days: of replaced ones, and
 * of those that the schedule should have replaced and did not. Callers repeat it until there are none.
 * @returns how many were new in this batch
 */
export async function raiseOrganizationKeyEndings(now = new Date(), { batch = 500 } = {}): Promise<number> {
  const raised = await raiseEndings(retiring(now), now, batch)
  return raised + (await raiseEndings(overdue(now), now, batch))
}

async function raiseEndings(ending: Ending, now: Date, batch: number): Promise<number> {
  return db().transaction(async (tx) => {
    const keys = await tx.execute<EndingRow>(endingQuery(ending, now, batch))
    if (keys.length === 0) return 0
    const organizationIds = keys.map((key) => key.organizationId)
    const recipients = await findRecipients(tx, organizationIds, { withAdmins: false })
    return raise(
      tx,
      keys.map((key) => ({
        kind: 'organization-key-ending',
        organizationId: key.organizationId,
        subjectId: key.id,
        occasion: String(key.days),
        facts: factsOf(key),
        recipients: recipients.get(key.organizationId) ?? [],
      })),
      now,
    )
  })
}

function factsOf(key: EndingRow): OrganizationKeyEnding {
  const { successorPrefix, successorLast4 } = key
  return {
    key: maskedKey(key),
    successor:
      successorPrefix && successorLast4
        ? maskedKey({ maskedPrefix: successorPrefix, last4: successorLast4 })
        : null,
    daysLeft: key.days,
    endsAt: new Date(key.endsAt).toISOString(),
    uses: key.uses.map((use) => ({ ...use, at: new Date(use.at).toISOString() })),
    addresses: key.addresses,
  }
}
