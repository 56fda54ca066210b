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
  await tx.insert(auditHeads).values({ chain, sequence: 0, hash: chainStart }).onConflictDoNothing()
  const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.chain, chain)).for('update')
  if (!head) throw new Error(`audit chain ${chain} has no head`)

  const facts: AuditFacts = {
    chain,
    sequence: head.sequence + 1,
    at: now,
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
  const hash = hashEvent(head.hash, facts)
  await tx.insert(auditEvents).values({ ...facts, previousHash: head.hash, hash })
  await tx
    .update(auditHeads)
    .set({ sequence: sql`${auditHeads.sequence} + 1`, hash })
    .where(eq(auditHeads.chain, chain))
}

function nameOf(actor: Actor): string {
  if (actor.kind === 'user') return actor.email
  return actor.kind === 'key' ? actor.name : actor.kind
}
