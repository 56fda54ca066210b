import { createHash } from 'node:crypto'

/** One event as it is hashed. `details` holds plain values only, so that its canonical text is unambiguous. */
export type AuditFacts = {
  chain: string
  sequence: number
  at: Date
  actorKind: 'user' | 'key' | 'schedule' | 'system'
  actorId: string | null
  actorName: string
  action: string
  subjectKind: string
  subjectId: string
  details: Record<string, string | number | boolean | null>
  address: string | null
  userAgent: string | null
}

/** The chain of what happens in no organization. */
export const platformChain = 'platform'

export const chainStart = Buffer.alloc(32)

/** SHA-256 over the previous event's hash and this event; changing, dropping or reordering any event breaks all later ones. */
export function hashEvent(previousHash: Buffer, event: AuditFacts): Buffer {
  const details = Object.fromEntries(Object.entries(event.details).sort(([a], [b]) => (a < b ? -1 : 1)))
  const text = JSON.stringify([
    event.chain,
    event.sequence,
    event.at.toISOString(),
    event.actorKind,
    event.actorId,
    event.actorName,
    event.action,
    event.subjectKind,
    event.subjectId,
    details,
    event.address,
    event.userAgent,
  ])
  return createHash('sha256').update(previousHash).update(text).digest()
}
