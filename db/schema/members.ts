import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from './bytea'
import { organizations } from './organizations'
import { memberships, users } from './users'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Groups of members; those that are subscribed to Account alerts get the notices about the organization's keys. */
export const groups = pgTable(
  'groups',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    accountAlerts: boolean('account_alerts').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    unique('groups_in_organization').on(t.organizationId, t.id),
    uniqueIndex('groups_name').on(t.organizationId, sql`lower(${t.name})`),
    check('groups_name_has_text', sql`length(btrim(${t.name})) between 1 and 100`),
  ],
)

/** Only members can be in a group, and whoever leaves the organization leaves its groups with it. */
export const groupMembers = pgTable(
  'group_members',
  {
    organizationId: text('organization_id').notNull(),
    groupId: text('group_id').notNull(),
    userId: text('user_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.groupId, t.userId] }),
    index('group_members_user').on(t.organizationId, t.userId),
    foreignKey({
      name: 'group_members_group',
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'group_members_membership',
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }).onDelete('cascade'),
  ],
)

/** One mail each: sending again withdraws the invitation and makes another one, so that only the newest link works. */
export const invitations = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    role: text('role', { enum: ['admin', 'developer', 'auditor', 'member'] }).notNull(),
    /** SHA-256 of the link's token, which itself is only in the mail. */
    tokenDigest: bytea('token_digest').notNull(),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id),
    expiresAt: at('expires_at').notNull(),
    /** Null as long as no mail server has taken the mail. */
    mailedAt: at('mailed_at'),
    acceptedAt: at('accepted_at'),
    withdrawnAt: at('withdrawn_at'),
  },
  (t) => [
    unique('invitations_in_organization').on(t.organizationId, t.id),
    uniqueIndex('invitations_token').on(t.tokenDigest),
    uniqueIndex('invitations_one_open')
      .on(t.organizationId, t.email)
      .where(sql`${t.acceptedAt} is null and ${t.withdrawnAt} is null`),
    index('invitations_created').on(t.organizationId, t.createdAt),
    check('invitations_email_is_lower_case', sql`${t.email} = lower(${t.email})`),
    check('invitations_role', sql`${t.role} in ('admin', 'developer', 'auditor', 'member')`),
    check('invitations_expires_after_creation', sql`${t.expiresAt} > ${t.createdAt}`),
    check('invitations_one_end', sql`${t.acceptedAt} is null or ${t.withdrawnAt} is null`),
    check('invitations_accepted_in_time', sql`${t.acceptedAt} < ${t.expiresAt}`),
  ],
)

/** The groups that the invited person will be in. */
export const invitationGroups = pgTable(
  'invitation_groups',
  {
    organizationId: text('organization_id').notNull(),
    invitationId: text('invitation_id').notNull(),
    groupId: text('group_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.invitationId, t.groupId] }),
    index('invitation_groups_group').on(t.groupId),
    foreignKey({
      name: 'invitation_groups_invitation',
      columns: [t.organizationId, t.invitationId],
      foreignColumns: [invitations.organizationId, invitations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'invitation_groups_group',
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete('cascade'),
  ],
)
