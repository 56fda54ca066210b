import type { Transaction } from '@/db/client'
import { newId } from '@/lib/id'
import { insertServiceUser, lockServiceUser, type ServiceUserRow } from './store'

/**
 * The service user that is meant, locked: the one of that id, or the one of that name, which is made when there is none.
 * Null for an id that the organization does not have.
 */
export async function takeServiceUser(
  tx: Transaction,
  organizationId: string,
  wanted: { id: string } | { name: string },
  now: Date,
): Promise<ServiceUserRow | null> {
  const found = await lockServiceUser(tx, organizationId, wanted)
  if (found || 'id' in wanted) return found
  const row = { id: newId('su'), organizationId, name: wanted.name, createdAt: now }
  // Somebody else may type the same name at the same moment.
  return (await insertServiceUser(tx, row)) ? row : lockServiceUser(tx, organizationId, wanted)
}
