import type { Transaction } from '@/db/client'
import { maskedKey } from '@/lib/keys/masked'
import { raise } from '@/lib/notices/raise'
import { findRecipients } from '@/lib/notices/recipients'
import { findLastUses } from '@/lib/organization-keys/last-uses'

type Masked = { maskedPrefix: string; last4: string }

export type Replacement = {
  key: { id: string; organizationId: string } & Masked
  successor: { id: string; expiresAt: Date } & Masked
  /** Null where the key had expired by then. */
  acceptedUntil: Date | null
}

/** Tells of organization keys that the schedule replaced, inside its transaction. */
export async function raiseReplacements(
  tx: Transaction,
  replacements: readonly Replacement[],
  now: Date,
): Promise<void> {
  const organizationIds = replacements.map(({ key }) => key.organizationId)
  const recipients = await findRecipients(tx, organizationIds, { withAdmins: true })
  const told = replacements.filter(({ key }) => recipients.has(key.organizationId))
  if (told.length === 0) return
  const uses = await findLastUses(
    tx,
    told.map(({ key }) => key.id),
    now,
  )
  await raise(
    tx,
    told.map(({ key, successor, acceptedUntil }) => ({
      organizationId: key.organizationId,
      kind: 'organization-key-replaced',
      subjectId: key.id,
      occasion: 'replaced',
      facts: {
        key: maskedKey(key),
        successorId: successor.id,
        successor: maskedKey(successor),
        successorExpiresAt: successor.expiresAt.toISOString(),
        acceptedUntil: acceptedUntil?.toISOString() ?? null,
        lastUse: uses.get(key.id)?.lastUse ?? null,
        addressesIn7Days: uses.get(key.id)?.addressesIn7Days ?? 0,
      },
      recipients: recipients.get(key.organizationId) ?? [],
    })),
    now,
  )
}
