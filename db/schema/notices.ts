import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { organizations } from './organizations'
import { users } from './users'

const at = (name: string) => timestamp(name, { withTimezone: true })

/**
 * What somebody is told about a key or whatever else concerns them, once for each occasion; a sweep that comes again,
 * or beside another, adds none.
 */
export const notices = pgTable(
  'notices',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** One of `noticeKinds` (lib/notices/kinds.ts), which also gives the shape of `facts`. */
    kind: text('kind').notNull(),
    /** The id of what it is about: a key, a person, an organization or its request. */
    subjectId: text('subject_id').notNull(),
    /** Which one of its kind about this subject: days left, a date, an event's id. */
    occasion: text('occasion').notNull(),
    /** What was so when it was raised; texts are made of it when they are shown or sent. */
    facts: jsonb('facts').$type<unknown>().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('notices_once').on(t.subjectId, t.kind, t.occasion),
    index('notices_created').on(t.organizationId, t.createdAt, t.id),
    index('notices_age').on(t.createdAt),
  ],
)

/**
 * One notice for one person: read or not in the console, and its mail, which waits, was taken by the mail service, or
 * was dropped because it was no longer true.
 */
export const noticeDeliveries = pgTable(
  'notice_deliveries',
  {
    noticeId: text('notice_id')
      .notNull()
      .references(() => notices.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The notice's, once more, so that a person's list is one range of one index. */
    organizationId: text('organization_id').notNull(),
    createdAt: at('created_at').notNull(),
    readAt: at('read_at'),

    mailTries: integer('mail_tries').notNull().default(0),
    /** When the mail is tried next, or again if whoever is trying now is not heard of. Null: it is settled. */
    nextMailAt: at('next_mail_at'),
    /** Why the last try failed, in words for admins. */
    mailProblem: text('mail_problem'),
    mailedAt: at('mailed_at'),
    droppedAt: at('dropped_at'),
    /** One of `dropReasons` (lib/notices/kinds.ts). */
    dropReason: text('drop_reason'),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.userId] }),
    index('notice_deliveries_list').on(t.userId, t.organizationId, t.createdAt, t.noticeId),
    index('notice_deliveries_unread')
      .on(t.userId, t.organizationId, t.createdAt, t.noticeId)
      .where(sql`${t.readAt} is null`),
    index('notice_deliveries_due').on(t.nextMailAt).where(sql`${t.nextMailAt} is not null`),
    index('notice_deliveries_waiting')
      .on(t.organizationId, t.createdAt)
      .where(sql`${t.nextMailAt} is not null`),
    check(
      'notice_deliveries_one_mail_state',
      sql`num_nonnulls(${t.nextMailAt}, ${t.mailedAt}, ${t.droppedAt}) = 1`,
    ),
    check('notice_deliveries_dropped_why', sql`(${t.droppedAt} is null) = (${t.dropReason} is null)`),
  ],
)
