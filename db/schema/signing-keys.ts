import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * Ed25519 keys that sign Secrets. The newest signs; a public key stays for as long as a Secret that it
 * signed may be accepted, a private key only until its successor exists.
 */
export const signingKeys = pgTable(
  'signing_keys',
  {
    kid: text('kid').primaryKey(),
    publicJwk: jsonb('public_jwk').$type<{ kty: 'OKP'; crv: 'Ed25519'; x: string }>().notNull(),
    sealedPrivateKey: text('sealed_private_key'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (t) => [
    check(
      'signing_keys_private_until_retired',
      sql`(${t.sealedPrivateKey} is null) = (${t.retiredAt} is not null)`,
    ),
  ],
)
