import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from './bytea'
import { organizations } from './organizations'
import { users } from './users'

const at = (name: string) => timestamp(name, { withTimezone: true })
const bytes = (name: string) => bigint(name, { mode: 'number' })

/** Files that integrators' programs uploaded; their content is in `media_chunks`. */
export const media = pgTable(
  'media',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The key that the upload came with; of either kind, so there is no foreign key. */
    keyId: text('key_id').notNull(),
    fileName: text('file_name').notNull(),
    contentType: text('content_type').notNull(),
    /** Decoded. */
    bytes: bytes('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    index('media_organization').on(t.organizationId, t.bytes),
    check('media_bytes', sql`${t.bytes} > 0`),
    check('media_sha256', sql`length(${t.sha256}) = 32`),
  ],
)

/** The content of a file, in pieces, so that no piece has to be held in memory whole. */
export const mediaChunks = pgTable(
  'media_chunks',
  {
    mediaId: text('media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    data: bytea('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mediaId, t.position] })],
)

/** An admin asks support for a larger limit. Open until it is answered; `granted_bytes` null: declined. */
export const mediaLimitRequests = pgTable(
  'media_limit_requests',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    wantedBytes: bytes('wanted_bytes').notNull(),
    reason: text('reason').notNull(),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id),
    answeredAt: at('answered_at'),
    answeredBy: text('answered_by').references(() => users.id),
    grantedBytes: bytes('granted_bytes'),
    answer: text('answer'),
  },
  (t) => [
    uniqueIndex('media_limit_requests_one_open').on(t.organizationId).where(sql`${t.answeredAt} is null`),
    index('media_limit_requests_latest').on(t.organizationId, t.createdAt.desc()),
    check('media_limit_requests_wanted_bytes', sql`${t.wantedBytes} > 0`),
    check(
      'media_limit_requests_answered_by_somebody',
      sql`(${t.answeredAt} is null) = (${t.answeredBy} is null) and (${t.answeredAt} is null) = (${t.answer} is null)`,
    ),
    check(
      'media_limit_requests_granted_when_answered',
      sql`${t.grantedBytes} is null or ${t.answeredAt} is not null`,
    ),
  ],
)

/**
 * Every change of an organization's limit by support, numbered: two people who saw the same number cannot both
 * write the next one. The limit itself stands in `organizations`.
 */
export const mediaLimitChanges = pgTable(
  'media_limit_changes',
  {
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    fromBytes: bytes('from_bytes').notNull(),
    toBytes: bytes('to_bytes').notNull(),
    /** From then on the limit is what it was before. Null: for good. */
    endsAt: at('ends_at'),
    reason: text('reason').notNull(),
    changedAt: at('changed_at').notNull(),
    changedBy: text('changed_by')
      .notNull()
      .references(() => users.id),
    requestId: text('request_id').references(() => mediaLimitRequests.id),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.number] }),
    check('media_limit_changes_ends_later', sql`${t.endsAt} > ${t.changedAt}`),
  ],
)
