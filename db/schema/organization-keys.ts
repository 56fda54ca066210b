import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from './bytea'
import { organizations } from './organizations'
import { users } from './users'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Generations of an organization's key: facts only, the state is derived (lib/organization-keys/lifecycle.ts). */
export const organizationKeys = pgTable(
  'organization_keys',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    generation: integer('generation').notNull(),

    /** SHA-256 of the API key: how the API finds it. */
    lookupDigest: bytea('lookup_digest').notNull(),
    /** The API key under AES-256-GCM (lib/keys/seal.ts); destroyed when the key is deleted. */
    sealedApiKey: text('sealed_api_key'),
    maskedPrefix: text('masked_prefix').notNull(),
    last4: text('last4').notNull(),

    createdAt: at('created_at').notNull(),
    /** Null: made by the schedule. */
    createdBy: text('created_by').references(() => users.id),
    /** Null: never expires, because an admin removed the expiration. */
    expiresAt: at('expires_at'),

    /** The expiry to go back to, and why it was taken away. */
    removedExpiresAt: at('removed_expires_at'),
    expirationRemovedAt: at('expiration_removed_at'),
    expirationRemovedBy: text('expiration_removed_by').references(() => users.id),
    expirationRemovedReason: text('expiration_removed_reason'),
    expirationReviewOn: date('expiration_review_on'),
    expirationRestoredAt: at('expiration_restored_at'),
    /** By when the schedule wants it replaced, where an interval that became shorter ends before the expiry. */
    replaceBy: at('replace_by'),

    revokedAt: at('revoked_at'),
    /** Null on a revoked key: the schedule replaced it. */
    revokedBy: text('revoked_by').references(() => users.id),
    acceptedUntil: at('accepted_until'),
    successorId: text('successor_id').references((): AnyPgColumn => organizationKeys.id),

    deletedAt: at('deleted_at'),
    deletedBy: text('deleted_by').references(() => users.id),
  },
  (t) => [
    uniqueIndex('organization_keys_one_current')
      .on(t.organizationId)
      .where(sql`${t.successorId} is null and ${t.deletedAt} is null`),
    uniqueIndex('organization_keys_generation').on(t.organizationId, t.generation),
    uniqueIndex('organization_keys_lookup').on(t.lookupDigest),
    uniqueIndex('organization_keys_one_predecessor').on(t.successorId),
    // The rule of lib/organization-keys/schedule.ts, once more, so that what is due is one range of one index.
    index('organization_keys_replacement_due')
      .on(
        sql`organization_key_replacement_due(${t.createdAt}, ${t.expirationRestoredAt}, ${t.expiresAt}, ${t.replaceBy})`,
      )
      .where(sql`${t.successorId} is null and ${t.deletedAt} is null and ${t.expiresAt} is not null`),
    index('organization_keys_retiring')
      .on(t.acceptedUntil)
      .where(sql`${t.acceptedUntil} is not null and ${t.deletedAt} is null`),
    check(
      'organization_keys_replace_by',
      sql`${t.replaceBy} is null or (${t.expiresAt} is not null and ${t.replaceBy} > ${t.createdAt} and ${t.replaceBy} < ${t.expiresAt})`,
    ),
    check('organization_keys_expires_after_creation', sql`${t.expiresAt} > ${t.createdAt}`),
    check(
      'organization_keys_never_expires_by_removal',
      sql`${t.expiresAt} is not null or ${t.expirationRemovedAt} is not null`,
    ),
    check(
      'organization_keys_revoked_has_deadline',
      sql`(${t.revokedAt} is null) = (${t.acceptedUntil} is null)`,
    ),
    check(
      'organization_keys_revoked_has_successor',
      sql`${t.revokedAt} is null or ${t.successorId} is not null`,
    ),
    check(
      'organization_keys_grace',
      sql`${t.acceptedUntil} >= ${t.revokedAt} and ${t.acceptedUntil} <= ${t.revokedAt} + interval '720 hours' and (${t.expiresAt} is null or ${t.acceptedUntil} <= ${t.expiresAt})`,
    ),
    check(
      'organization_keys_deleted_is_destroyed',
      sql`(${t.deletedAt} is null) = (${t.sealedApiKey} is not null)`,
    ),
  ],
)

/** Who used which key, one row a key and address, written in batches off the hot path. */
export const keyUses = pgTable(
  'key_uses',
  {
    keyId: text('key_id').notNull(),
    organizationId: text('organization_id').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
    lastUsedAt: at('last_used_at').notNull(),
  },
  (t) => [
    uniqueIndex('key_uses_key_address').on(t.keyId, t.address),
    index('key_uses_latest').on(t.keyId, t.lastUsedAt.desc()),
    index('key_uses_organization').on(t.organizationId),
  ],
)
