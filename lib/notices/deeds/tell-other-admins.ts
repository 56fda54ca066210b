import type { Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { maskedKey } from '@/lib/keys/masked'
import type { NoticeContent, OrganizationKeyActed } from '@/lib/notices/kinds'
import { type NewNotice, raise } from '@/lib/notices/raise'
import { findLastUses } from '@/lib/organization-keys/last-uses'
import { doerOf } from './doer'
import { findOtherAdmins } from './other-admins'

type EventOf<Content> = Content extends { kind: infer Kind; facts: infer Facts extends OrganizationKeyActed }
  ? { kind: Kind; facts: Omit<Facts, keyof OrganizationKeyActed> }
  : never

/** What somebody did with an organization key, and what there is to know of it beside the key, the doer and its use. */
export type KeyEvent = EventOf<NoticeContent>

type Key = { id: string; organizationId: string; maskedPrefix: string; last4: string }

/** Tells the other admins of it, once, inside the transaction that does it; whether anybody ever used the API or not. */
export async function tellOtherAdmins(
  tx: Transaction,
  actor: Actor,
  key: Key,
  { kind, facts }: KeyEvent,
  now: Date,
): Promise<void> {
  const recipients = await findOtherAdmins(tx, actor)
  if (recipients.length === 0) return
  const uses = await findLastUses(tx, [key.id], now)
  const acted: OrganizationKeyActed = {
    key: maskedKey(key),
    ...doerOf(actor),
    lastUse: uses.get(key.id)?.lastUse ?? null,
  }
  const notice = {
    kind,
    facts: { ...acted, ...facts },
    organizationId: key.organizationId,
    subjectId: key.id,
    occasion: newId('ntc'),
    recipients,
  } as NewNotice
  await raise(tx, [notice], now)
}
