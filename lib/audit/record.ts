import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { type Actor, keyIdOf, userIdOf } from '@/lib/auth/actor'
import { type AuditFacts, hashEvent } from './chain'
import { advanceHeads, lockHeads } from './heads'

type Event = {
  action: string
  subjectKind: string
  subjectId: string
  details?: AuditFacts['details']
}

/** `chain`: the actor's own organization, unless the platform's staff act on another one. */
export type Entry = { actor: Actor; event: Event; chain?: string }

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
  await recordEntries(tx, [{ actor, event, chain }], now)
}

/** The same for what one act did to several subjects, in their order, with as few statements as for one. */
export async function recordAll(
  tx: Transaction,
  actor: Actor,
  events: readonly Event[],
  now: Date,
): Promise<void> {
  await recordEntries(
    tx,
    events.map((event) => ({ actor, event })),
    now,
  )
}

/**
 * The same in several chains. Whoever writes to more than one does it by one call, because only within it the ends of
 * chains are locked in an order that all keep.
 */
export async function recordEntries(tx: Transaction, entries: readonly Entry[], now: Date): Promise<void> {
  if (entries.length === 0) return
  const chainOf = ({ actor, chain }: Entry) => chain ?? actor.organizationId
  const heads = await lockHeads(tx, new Set(entries.map(chainOf)))
  const rows = entries.map((entry) => {
    const chain = chainOf(entry)
    const head = heads.get(chain)
    if (!head) throw new Error(`audit chain ${chain} has no head`)
    const previousHash = head.hash
    head.sequence++
    const facts = factsOf(entry, { chain, sequence: head.sequence, at: now })
    head.hash = hashEvent(previousHash, facts)
    return { ...facts, previousHash: previousHash.toString('hex'), hash: head.hash.toString('hex') }
  })
  await tx.execute(sql`
    insert into audit_events (chain, sequence, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
      details, address, user_agent, previous_hash, hash)
    select chain, sequence, at, "actorKind", "actorId", "actorName", action, "subjectKind", "subjectId",
      details, address, "userAgent", decode("previousHash", 'hex'), decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(chain text, sequence bigint, at timestamptz,
      "actorKind" text, "actorId" text, "actorName" text, action text, "subjectKind" text, "subjectId" text,
      details jsonb, address text, "userAgent" text, "previousHash" text, hash text)`)
  await advanceHeads(tx, heads)
}

function factsOf({ actor, event }: Entry, place: Pick<AuditFacts, 'chain' | 'sequence' | 'at'>): AuditFacts {
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
