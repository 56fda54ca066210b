import { bigint, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * What running API processes must hear of. Triggers write both tables: the counter's row lock makes version
 * order equal commit order, so that a reader who has seen version n and finds n + 2 knows that it missed one.
 */
export const operationalVersion = pgTable('operational_version', {
  id: integer('id').primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull(),
})

export const operationalChanges = pgTable(
  'operational_changes',
  {
    version: bigint('version', { mode: 'number' }).notNull(),
    kind: text('kind', {
      enum: ['organization', 'organization-key', 'service-key', 'signing-key'],
    }).notNull(),
    id: text('id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('operational_changes_version').on(t.version)],
)
