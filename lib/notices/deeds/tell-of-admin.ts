import type { Transaction } from '@/db/client'
import { type Actor, userIdOf } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import type { MemberRole } from '@/lib/members/roles'
import { raise } from '@/lib/notices/raise'
import { doerOf } from './doer'
import { findOtherAdmins } from './other-admins'

type Person = { userId: string; name: string; email: string }

/**
 * Tells the other admins and the person that an admin is none any more, inside the transaction that does it: nobody
 * becomes the only one who hears of anything without the others having heard of that.
 * @param became the role that the person has now; null: removed from the organization
 */
export async function tellOfEndedAdmin(
  tx: Transaction,
  actor: Actor,
  { userId, name, email }: Person,
  became: MemberRole | null,
  now: Date,
): Promise<void> {
  const told = new Set([...(await findOtherAdmins(tx, actor)), userId])
  const self = userIdOf(actor)
  if (self !== null) told.delete(self)
  const notice = {
    kind: 'admin-ended' as const,
    facts: { name, email, became, ...doerOf(actor) },
    organizationId: actor.organizationId,
    subjectId: userId,
    occasion: newId('ntc'),
    recipients: [...told],
  }
  await raise(tx, [notice], now)
}
