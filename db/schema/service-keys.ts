import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, timestamp, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from './bytea'
import { organizations } from './organizations'
import { users } from './users'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Programs that call the API under a name of their own; each has at most ten live keys (a trigger counts them). */
export const serviceUsers = pgTable(
  'service_users',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    unique('service_users_in_organization').on(t.organizationId, t.id),
    uniqueIndex('service_users_name').on(t.organizationId, sql`lower(${t.name})`),
    index('service_users_name_part').using('gin', t.organizationId, sql`lower(${t.name}) gin_trgm_ops`),
    check('service_users_name_has_text', sql`length(btrim(${t.name})) between 1 and 100`),
  ],
)

/** Keys of service users: facts only, the state is derived (lib/service-keys/lifecycle.ts). */
export const serviceKeys = pgTable(
  'service_keys',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    serviceUserId: text('service_user_id').notNull(),
    name: text('name').notNull(),
    accessLevel: text('access_level', { enum: ['read', 'read-write', 'full'] }).notNull(),
    /** Canonical CIDR ranges (lib/keys/ip-ranges.ts); empty: any address. */
    allowedRanges: text('allowed_ranges').array().notNull().default(sql`'{}'`),

    createdAt: at('created_at').notNull(),
    /** Null where a key made it: then `createdByKeyId` says which. */
    createdBy: text('created_by').references(() => users.id),
    createdByKeyId: text('created_by_key_id'),
    /** Null: never expires. Final from the start. */
    expiresAt: at('expires_at'),
    /** When a fact of this row last changed; every change moves it, so that Postgres knows whether it came too late. */
    changedAt: at('changed_at').notNull(),
    disabledAt: at('disabled_at'),
    deletedAt: at('deleted_at'),
    deletedBy: text('deleted_by').references(() => users.id),
  },
  (t) => [
    foreignKey({
      name: 'service_keys_service_user',
      columns: [t.organizationId, t.serviceUserId],
      foreignColumns: [serviceUsers.organizationId, serviceUsers.id],
    }),
    index('service_keys_created').on(t.organizationId, t.createdAt, t.id).where(isKept(t)),
    // The name itself is in it too, so that a search which has to read them all reads nothing but this.
    index('service_keys_name').on(t.organizationId, sql`lower(${t.name})`, t.id, t.name).where(isKept(t)),
    index('service_keys_name_part')
      .using('gin', t.organizationId, sql`lower(${t.name}) gin_trgm_ops`)
      .where(isKept(t)),
    index('service_keys_expires')
      .on(t.organizationId, sql`coalesce(${t.expiresAt}, 'infinity')`, t.id)
      .where(isKept(t)),
    // Of all organizations: what the notices look through.
    index('service_keys_ending')
      .on(t.expiresAt)
      .where(sql`${t.deletedAt} is null and ${t.disabledAt} is null and ${t.expiresAt} is not null`),
    index('service_keys_user').on(t.serviceUserId, t.createdAt, t.id).where(isKept(t)),
    index('service_keys_access').on(t.organizationId, t.accessLevel, t.createdAt, t.id).where(isKept(t)),
    index('service_keys_disabled')
      .on(t.organizationId, t.createdAt, t.id)
      .where(sql`${t.deletedAt} is null and ${t.disabledAt} is not null`),
    index('service_keys_any_address')
      .on(t.organizationId, t.createdAt, t.id)
      .where(sql`${t.deletedAt} is null and ${t.allowedRanges} = '{}'`),
    index('service_keys_never_expires')
      .on(t.organizationId, t.createdAt, t.id)
      .where(sql`${t.deletedAt} is null and ${t.expiresAt} is null`),
    check('service_keys_name_has_text', sql`length(btrim(${t.name})) between 1 and 100`),
    check('service_keys_access_level', sql`${t.accessLevel} in ('read', 'read-write', 'full')`),
    // The cast fails where a text is no range, or has host bits set.
    check(
      'service_keys_allowed_ranges',
      sql`cardinality(${t.allowedRanges}) <= 100 and ${t.allowedRanges}::cidr[] is not null`,
    ),
    check('service_keys_expires_after_creation', sql`${t.expiresAt} > ${t.createdAt}`),
    check(
      'service_keys_disabled_in_time',
      sql`${t.disabledAt} >= ${t.createdAt} and (${t.expiresAt} is null or ${t.disabledAt} < ${t.expiresAt})`,
    ),
    check('service_keys_changed_after_creation', sql`${t.changedAt} >= ${t.createdAt}`),
    check('service_keys_deleted_by_somebody', sql`${t.deletedBy} is null or ${t.deletedAt} is not null`),
  ],
)

/** The texts by which a key is or was known. One is current; a former one is accepted until its deadline. */
export const serviceKeySecrets = pgTable(
  'service_key_secrets',
  {
    id: text('id').primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => serviceKeys.id),
    /** SHA-256 of the text, which itself is nowhere. */
    lookupDigest: bytea('lookup_digest').notNull(),
    maskedPrefix: text('masked_prefix').notNull(),
    last4: text('last4').notNull(),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by').references(() => users.id),
    createdByKeyId: text('created_by_key_id'),
    replacedAt: at('replaced_at'),
    acceptedUntil: at('accepted_until'),
  },
  (t) => [
    uniqueIndex('service_key_secrets_lookup').on(t.lookupDigest),
    uniqueIndex('service_key_secrets_one_current').on(t.keyId).where(sql`${t.replacedAt} is null`),
    index('service_key_secrets_key').on(t.keyId, t.createdAt),
    check(
      'service_key_secrets_replaced_has_deadline',
      sql`(${t.replacedAt} is null) = (${t.acceptedUntil} is null)`,
    ),
    check(
      'service_key_secrets_overlap',
      sql`${t.acceptedUntil} >= ${t.replacedAt} and ${t.acceptedUntil} <= ${t.replacedAt} + interval '168 hours'`,
    ),
  ],
)

/**
 * The last accepted and the last refused call with each key, one row a key from its creation on; written in batches
 * off the hot path, and apart from the key so that a use is no change that running processes must hear of.
 */
export const serviceKeyUses = pgTable(
  'service_key_uses',
  {
    keyId: text('key_id')
      .primaryKey()
      .references(() => serviceKeys.id),
    organizationId: text('organization_id').notNull(),
    lastUsedAt: at('last_used_at'),
    lastUsedFrom: text('last_used_from'),
    lastUserAgent: text('last_user_agent'),
    refusedAt: at('refused_at'),
    refusedFrom: text('refused_from'),
    refusedUserAgent: text('refused_user_agent'),
    /** The exact code, such as `IP_DENIED`. */
    refusedCode: text('refused_code'),
  },
  (t) => [
    index('service_key_uses_latest').on(
      t.organizationId,
      sql`coalesce(${t.lastUsedAt}, '-infinity')`,
      t.keyId,
    ),
    check(
      'service_key_uses_used_whole',
      sql`(${t.lastUsedAt} is null) = (${t.lastUsedFrom} is null) and (${t.lastUsedAt} is null) = (${t.lastUserAgent} is null)`,
    ),
    check(
      'service_key_uses_refused_whole',
      sql`(${t.refusedAt} is null) = (${t.refusedFrom} is null) and (${t.refusedAt} is null) = (${t.refusedUserAgent} is null) and (${t.refusedAt} is null) = (${t.refusedCode} is null)`,
    ),
  ],
)

function isKept(t: { deletedAt: unknown }) {
  return sql`${t.deletedAt} is null`
}
