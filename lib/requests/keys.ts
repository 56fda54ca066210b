import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { organizationKeys } from '@/db/schema'
import { maskedKey } from '@/lib/keys/masked'

/** A key as the log names it. Deleted ones stay: calls were made with them. */
export type LoggedKey = { id: string; masked: string; isDeleted: boolean }

/** The keys that the organization has or had, newest first. */
export async function listLoggedKeys(organizationId: string): Promise<LoggedKey[]> {
  const { id, maskedPrefix, last4, deletedAt } = organizationKeys
  const keys = await db()
    .select({ id, maskedPrefix, last4, deletedAt })
    .from(organizationKeys)
    .where(eq(organizationKeys.organizationId, organizationId))
    .orderBy(desc(organizationKeys.generation))
  return keys.map((key) => ({ id: key.id, masked: maskedKey(key), isDeleted: key.deletedAt !== null }))
}
