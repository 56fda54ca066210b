import { and, eq, gt, sql } from 'drizzle-orm'
import { type Database, db, type Transaction } from '@/db/client'
import { idempotencyKeys } from '@/db/schema'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'

/** How long an `Idempotency-Key` is remembered. */
export const rememberedHours = 24
const hour = 3_600_000
const forgottenAtOnce = 20

/** What a program asks under an `Idempotency-Key`; of its question only the SHA-256 is kept. */
export type Retry = { callerKeyId: string; idempotencyKey: string; questionDigest: Buffer }

/**
 * Does a verb once for all the times that a program asks for it: whoever asks again hears what it was done to,
 * and nothing happens. Two who ask at once wait for each other; a refusal is not remembered. Refuses with
 * `idempotency-key-reused` where the question is another one.
 * @param verb works in `tx`, so that what it does and that it is remembered stand or fall together
 */
export async function once<T extends { subjectId: string }, R extends Refusal>(
  tx: Transaction,
  retry: Retry,
  now: Date,
  verb: () => Promise<Outcome<T, R>>,
): Promise<
  Outcome<T | { subjectId: string; isReplayed: true }, R | Refusal<'idempotency-key-reused', undefined>>
> {
  const { callerKeyId, idempotencyKey, questionDigest } = retry
  const turn = `idempotency ${callerKeyId} ${idempotencyKey}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`)

  const remembered = await find(tx, retry, now)
  if (remembered && !remembered.questionDigest.equals(questionDigest)) return refuse('idempotency-key-reused')
  if (remembered) return done({ subjectId: remembered.subjectId, isReplayed: true as const })

  const outcome = await verb()
  if (!outcome.ok) return outcome
  await forgetOld(tx, now)
  const facts = { questionDigest, subjectId: outcome.value.subjectId, createdAt: now }
  await tx
    .insert(idempotencyKeys)
    .values({ callerKeyId, idempotencyKey, ...facts })
    .onConflictDoUpdate({ target: [idempotencyKeys.callerKeyId, idempotencyKeys.idempotencyKey], set: facts })
  return outcome
}

async function find(tx: Transaction, { callerKeyId, idempotencyKey }: Retry, now: Date) {
  const [row] = await tx
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.callerKeyId, callerKeyId),
        eq(idempotencyKeys.idempotencyKey, idempotencyKey),
        gt(idempotencyKeys.createdAt, oldest(now)),
      ),
    )
  return row
}

/** A few for each new one, so that the table holds not much more than a day while it is written. */
async function forgetOld(
  tx: Database | Transaction,
  now: Date,
  atOnce: number = forgottenAtOnce,
): Promise<number> {
  const { count } = await tx.execute(sql`
    delete from idempotency_keys where (caller_key_id, idempotency_key) in (
      select caller_key_id, idempotency_key from idempotency_keys
      where created_at <= ${oldest(now).toISOString()} order by created_at
      limit ${atOnce} for update skip locked)`)
  return count
}

/**
 * Forgets what is not remembered any more where nobody asks anything new.
 * @returns how many it forgot; to be called again until it is none
 */
export function forgetIdempotencyKeys(now: Date, { batch = 10_000 } = {}): Promise<number> {
  return forgetOld(db(), now, batch)
}

const oldest = (now: Date) => new Date(now.getTime() - rememberedHours * hour)
