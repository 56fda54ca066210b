import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * One-time codes sent by mail, for signing in and for step-up. Only a keyed hash is kept: six digits
 * behind a plain hash are read back in a second.
 */
export const oneTimeCodes = pgTable(
  'one_time_codes',
  {
    id: text('id').primaryKey(),
    purpose: text('purpose').notNull(),
    email: text('email').notNull(),
    /** What the code is good for and nothing else: the browser or session that asked, and the key. */
    binding: text('binding').notNull(),
    codeHash: text('code_hash').notNull(),
    /** The client's address, so that one client cannot have mail sent to everybody. */
    askedFrom: text('asked_from'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    wrongTries: integer('wrong_tries').notNull().default(0),
    lastWrongAt: timestamp('last_wrong_at', { withTimezone: true }),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (t) => [
    index('one_time_codes_email').on(t.email, t.createdAt),
    index('one_time_codes_asked_from').on(t.askedFrom, t.createdAt),
    check('one_time_codes_tries', sql`${t.wrongTries} between 0 and 5`),
    check('one_time_codes_life', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
)
