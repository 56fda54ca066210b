import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from './bytea'

/** Append-only (triggers and grants refuse the rest); each row's hash covers the row before it. */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** An organization's id, or "platform". */
    chain: text('chain').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    actorKind: text('actor_kind', { enum: ['user', 'key', 'schedule', 'system'] }).notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    details: jsonb('details').$type<Record<string, string | number | boolean | null>>().notNull(),
    address: text('address'),
    userAgent: text('user_agent'),
    previousHash: bytea('previous_hash').notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.chain, t.sequence] }),
    index('audit_events_subject').on(t.chain, t.subjectId),
    index('audit_events_at').on(t.chain, t.at),
  ],
)

/** The end of each chain; its row lock gives events their order. */
export const auditHeads = pgTable('audit_heads', {
  chain: text('chain').primaryKey(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
})
