import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { organizationKeys, serviceKeySecrets, serviceKeys } from '@/db/schema'
import { refuse } from '@/lib/outcome'
import { type Excess, excessOf, type Grant } from './may-grant'

/** A key by the text that a program presented; the digest is base64. */
export type Presented = {
  id: string
  organizationId: string
  digest: string
  /** Of a Secret: a copy from before the end of its key was moved keeps its own. */
  exp: Date | null
}

/**
 * Holds a program to what its own key has at this moment. The list by which its call was let in may be a second
 * behind: who was disabled in that second changes nothing any more, and who was narrowed must not undo it.
 */
export function heldTo(presented: Presented, now: Date) {
  const guard = async (wanted: Grant | null, tx: Transaction) => {
    const own = await grantOf(tx, presented, now)
    if (own === null) return refuse('no-longer-accepted')
    if (wanted === null) return null
    const exceeds: Excess[] = excessOf(own, wanted)
    return exceeds.length === 0 ? null : refuse('grants-too-much', { exceeds, own })
  }
  return guard
}

/**
 * What a presented key has; null when it is accepted no more. It ends with its grace or overlap, and with its text.
 * It is not locked, or two programs that change each other would wait for ever: what becomes of it while the caller's
 * change is being written comes after that change.
 */
async function grantOf(tx: Transaction, presented: Presented, now: Date): Promise<Grant | null> {
  const found = (await serviceKeyOf(tx, presented)) ?? (await organizationKeyOf(tx, presented))
  if (!found) return null
  const { accessLevel, allowedRanges, expiresAt, acceptedUntil } = found
  const ends = [expiresAt, acceptedUntil, presented.exp].filter((end) => end !== null)
  if (ends.some((end) => end <= now)) return null
  const end = ends.length === 0 ? null : new Date(Math.min(...ends.map((each) => each.getTime())))
  return { accessLevel, allowedRanges, expiresAt: end }
}

async function serviceKeyOf(tx: Transaction, { id, organizationId, digest }: Presented) {
  const { accessLevel, allowedRanges, expiresAt } = serviceKeys
  const [row] = await tx
    .select({ accessLevel, allowedRanges, expiresAt, acceptedUntil: serviceKeySecrets.acceptedUntil })
    .from(serviceKeys)
    .innerJoin(serviceKeySecrets, eq(serviceKeySecrets.keyId, serviceKeys.id))
    .where(
      and(
        eq(serviceKeys.organizationId, organizationId),
        eq(serviceKeys.id, id),
        isNull(serviceKeys.deletedAt),
        isNull(serviceKeys.disabledAt),
        eq(serviceKeySecrets.lookupDigest, Buffer.from(digest, 'base64')),
      ),
    )
  return row
}

async function organizationKeyOf(tx: Transaction, { id, organizationId }: Presented) {
  const { expiresAt, acceptedUntil } = organizationKeys
  const [row] = await tx
    .select({ expiresAt, acceptedUntil })
    .from(organizationKeys)
    .where(
      and(
        eq(organizationKeys.organizationId, organizationId),
        eq(organizationKeys.id, id),
        isNull(organizationKeys.deletedAt),
      ),
    )
  return row && { ...row, accessLevel: 'full' as const, allowedRanges: [] }
}
