import { index, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from './bytea'

/** What a program asked for under an `Idempotency-Key`, and what came of it: the id, never the answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** The key that asked: another caller's text is another question. */
    callerKeyId: text('caller_key_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** SHA-256 of method, path and body. */
    questionDigest: bytea('question_digest').notNull(),
    subjectId: text('subject_id').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex('idempotency_keys_caller').on(t.callerKeyId, t.idempotencyKey),
    index('idempotency_keys_created').on(t.createdAt),
  ],
)
