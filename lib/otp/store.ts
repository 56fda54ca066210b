import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { oneTimeCodes } from '@/db/schema'

export type CodeRow = typeof oneTimeCodes.$inferSelect
export type CodeTarget = { purpose: 'sign-in' | 'step-up' | 'join'; email: string; binding: string }

/** One sender or guesser per address at a time: limits cannot be outrun by asking in parallel. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`one-time-codes ${email}`}, 0))`)
}

/** The database's clock: several console processes agree on when a code dies. */
export async function databaseNow(tx: Transaction): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select clock_timestamp()::text as now`)
  if (!row) throw new Error('no clock')
  return new Date(row.now)
}

export async function newestCode(tx: Transaction, target: CodeTarget): Promise<CodeRow | null> {
  const [row] = await tx
    .select()
    .from(oneTimeCodes)
    .where(
      and(
        eq(oneTimeCodes.email, target.email),
        eq(oneTimeCodes.purpose, target.purpose),
        eq(oneTimeCodes.binding, target.binding),
      ),
    )
    .orderBy(desc(oneTimeCodes.createdAt))
    .limit(1)
  return row ?? null
}

export async function codesSince(
  tx: Transaction,
  target: Omit<CodeTarget, 'binding'>,
  since: Date,
): Promise<CodeRow[]> {
  return tx
    .select()
    .from(oneTimeCodes)
    .where(
      and(
        eq(oneTimeCodes.email, target.email),
        eq(oneTimeCodes.purpose, target.purpose),
        gt(oneTimeCodes.createdAt, since),
      ),
    )
}

/**
 * Per purpose: whoever knows an address can guess at signing in, and must not be able to take step-up from the person
 * who is signed in.
 */
export async function wrongTriesSince(
  tx: Transaction,
  target: Pick<CodeTarget, 'email' | 'purpose'>,
  since: Date,
): Promise<number> {
  const [row] = await tx
    .select({ tries: sql<number>`coalesce(sum(${oneTimeCodes.wrongTries}), 0)::int` })
    .from(oneTimeCodes)
    .where(
      and(
        eq(oneTimeCodes.email, target.email),
        eq(oneTimeCodes.purpose, target.purpose),
        gt(oneTimeCodes.lastWrongAt, since),
      ),
    )
  return row?.tries ?? 0
}

export async function insertCode(tx: Transaction, row: typeof oneTimeCodes.$inferInsert): Promise<void> {
  await tx.insert(oneTimeCodes).values(row)
}

export async function countWrongTry(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx
    .update(oneTimeCodes)
    .set({ wrongTries: sql`${oneTimeCodes.wrongTries} + 1`, lastWrongAt: now })
    .where(eq(oneTimeCodes.id, id))
}

export async function markUsed(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.update(oneTimeCodes).set({ usedAt: now }).where(eq(oneTimeCodes.id, id))
}

/** Ends all codes of an address for a purpose; the guesses at them still count. */
export async function voidCodes(
  tx: Transaction,
  { email, purpose }: Pick<CodeTarget, 'email' | 'purpose'>,
): Promise<void> {
  await tx
    .update(oneTimeCodes)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(and(eq(oneTimeCodes.email, email), eq(oneTimeCodes.purpose, purpose), isNull(oneTimeCodes.usedAt)))
}

/** Takes back a code that nobody received. One that was guessed at stays, or the guesses would be forgotten with it. */
export async function forgetCode(db: Database, id: string): Promise<void> {
  await db.delete(oneTimeCodes).where(and(eq(oneTimeCodes.id, id), eq(oneTimeCodes.wrongTries, 0)))
}

export async function codesAskedFromSince(tx: Transaction, address: string, since: Date): Promise<Date[]> {
  const rows = await tx
    .select({ createdAt: oneTimeCodes.createdAt })
    .from(oneTimeCodes)
    .where(and(eq(oneTimeCodes.askedFrom, address), gt(oneTimeCodes.createdAt, since)))
    .orderBy(oneTimeCodes.createdAt)
  return rows.map((row) => row.createdAt)
}
