import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { organizationKeys, organizations, users } from '@/db/schema'

export type OrganizationKeyRow = typeof organizationKeys.$inferSelect
export type OrganizationRow = typeof organizations.$inferSelect

/** Locks the organization's row: everything that changes its keys waits here, so that two admins meet in one order. */
export async function lockOrganization(tx: Transaction, organizationId: string): Promise<OrganizationRow> {
  const [row] = await tx
    .select()
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for('update')
  if (!row) throw new Error(`organization ${organizationId} does not exist`)
  return row
}

/** Null for another organization's key exactly as for one that was never there. */
export async function findKey(
  tx: Transaction | Database,
  organizationId: string,
  keyId: string,
): Promise<OrganizationKeyRow | null> {
  const [row] = await tx
    .select()
    .from(organizationKeys)
    .where(and(eq(organizationKeys.organizationId, organizationId), eq(organizationKeys.id, keyId)))
  return row ?? null
}

/** The key without a successor; it may have expired. */
export async function findCurrentKey(
  tx: Transaction | Database,
  organizationId: string,
): Promise<OrganizationKeyRow | null> {
  const [row] = await tx
    .select()
    .from(organizationKeys)
    .where(
      and(
        eq(organizationKeys.organizationId, organizationId),
        isNull(organizationKeys.successorId),
        isNull(organizationKeys.deletedAt),
      ),
    )
  return row ?? null
}

export type GenerationRow = {
  organizationId: string
  /** The caller has named it as the successor of the one before. */
  id: string
  /** Of the API key, in hexadecimal. */
  lookupDigest: string
  sealedApiKey: string
  maskedPrefix: string
  last4: string
  createdAt: Date
  /** Null: made by the schedule. */
  createdBy: string | null
  expiresAt: Date
}

/** Numbered on from the organization's newest; at most one for each organization. */
export async function insertGenerations(tx: Transaction, rows: readonly GenerationRow[]): Promise<void> {
  await tx.execute(sql`
    insert into organization_keys (id, organization_id, generation, lookup_digest, sealed_api_key, masked_prefix, last4,
      created_at, created_by, expires_at)
    select id, "organizationId", 1 + coalesce((
        select max(generation) from organization_keys where organization_id = "organizationId"), 0),
      decode("lookupDigest", 'hex'), "sealedApiKey", "maskedPrefix", last4, "createdAt", "createdBy", "expiresAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given("organizationId" text, id text, "lookupDigest" text,
      "sealedApiKey" text, "maskedPrefix" text, last4 text, "createdAt" timestamptz, "createdBy" text,
      "expiresAt" timestamptz)`)
}

export async function updateKey(
  tx: Transaction,
  key: Pick<OrganizationKeyRow, 'id' | 'organizationId'>,
  facts: Partial<typeof organizationKeys.$inferInsert>,
): Promise<OrganizationKeyRow> {
  const [updated] = await tx
    .update(organizationKeys)
    .set(facts)
    .where(and(eq(organizationKeys.organizationId, key.organizationId), eq(organizationKeys.id, key.id)))
    .returning()
  if (!updated) throw new Error(`organization key ${key.id} does not exist`)
  return updated
}

export async function nameOfUser(tx: Transaction | Database, userId: string | null): Promise<string | null> {
  if (!userId) return null
  const [row] = await tx
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, userId))
  return row ? (row.name ?? row.email) : null
}
