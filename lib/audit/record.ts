import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { auditEvents, auditHeads } from '@/db/schema'
import { type Actor, keyIdOf, userIdOf } from '@/lib/auth/actor'
import { type AuditFacts, chainStart, hashEvent } from './chain'

type Event = {
  action: string
  subjectKind: string
  subjectId: string
  details?: AuditFacts['details']
}

/**
 * Appends one event to a chain, inside the caller's transaction: the change and its record stand or fall together.
 * @param chain the actor's own organization, unless the platform's staff act on another one
 */
export async function record(
  tx: Transaction,
  actor: Actor,
  event: Event,
  now: Date,
  chain = actor.organizationId,
): Promise<void> {
  await recordAll(tx, actor, [event], now, chain)
}

/** The same for what one act did to several subjects, in their order, with as few statements as for one. */
export async function recordAll(
  tx: Transaction,
  actor: Actor,
  events: readonly Event[],
  now: Date,
  chain = actor.organizationId,
): Promise<void> {
  if (events.length === 0) return
  await tx.insert(auditHeads).values({ chain, sequence: 0, hash: chainStart }).onConflictDoNothing()
  const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.chain, chain)).for('update')
  if (!head) throw new Error(`audit chain ${chain} has no head`)

  const rows: (typeof auditEvents.$inferInsert)[] = []
  let { hash } = head
  for (const event of events) {
    const sequence = head.sequence + rows.length + 1
    const facts = factsOf(actor, event, { chain, sequence, at: now })
    const previousHash = hash
    hash = hashEvent(previousHash, facts)
    rows.push({ ...facts, previousHash, hash })
  }
  await tx.insert(auditEvents).values(rows)
  await tx
    .update(auditHeads)
    .set({ sequence: sql`${auditHeads.sequence} + ${rows.length}`, hash })
    .where(eq(auditHeads.chain, chain))
}

function factsOf(
  actor: Actor,
  event: Event,
  place: Pick<AuditFacts, 'chain' | 'sequence' | 'at'>,
): AuditFacts {
  return {
    ...place,
    actorKind: actor.kind,
    actorId: userIdOf(actor) ?? keyIdOf(actor),
    actorName: nameOf(actor),
    action: event.action,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    details: event.details ?? {},
    address: 'address' in actor ? actor.address : null,
    userAgent: 'userAgent' in actor ? actor.userAgent : null,
  }
}

function nameOf(actor: Actor): string {
  if (actor.kind === 'user') return actor.email
  return actor.kind === 'key' ? actor.name : actor.kind
}
