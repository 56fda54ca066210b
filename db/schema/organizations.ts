import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const organizations = pgTable(
  'organizations',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull().default('UTC'),
    isoUtcFormat: boolean('iso_utc_format').notNull().default(false),
    requestIdHeader: text('request_id_header').notNull().default('X-Customer-Request-Id'),
    mediaLimitBytes: bigint('media_limit_bytes', { mode: 'number' }).notNull().default(5_242_880),
    /** Until its end this limit stands in the place of the other one (lib/media/limit.ts). */
    temporaryMediaLimitBytes: bigint('temporary_media_limit_bytes', { mode: 'number' }),
    temporaryMediaLimitEndsAt: timestamp('temporary_media_limit_ends_at', { withTimezone: true }),
    replaceEveryDays: integer('replace_every_days').notNull().default(365),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('organizations_replace_every_days', sql`${t.replaceEveryDays} between 1 and 365`),
    // An RFC 9110 token: it is written into answers as a header's name.
    check(
      'organizations_request_id_header',
      sql`${t.requestIdHeader} ~ '^[!#$%&''*+.^_\`|~0-9A-Za-z-]{1,64}$'`,
    ),
    check('organizations_media_limit_bytes', sql`${t.mediaLimitBytes} between 1 and 104857600`),
    check(
      'organizations_temporary_media_limit',
      sql`(${t.temporaryMediaLimitBytes} is null) = (${t.temporaryMediaLimitEndsAt} is null) and ${t.temporaryMediaLimitBytes} between 1 and 104857600`,
    ),
  ],
)
