import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { hasUsedApi as used } from './recipients'

/** Whether any key of the organization was ever used; until then nobody is told when its keys end. */
export async function hasUsedApi(organizationId: string): Promise<boolean> {
  const [row] = await db().execute<{ used: boolean }>(sql`select ${used(sql`${organizationId}`)} as used`)
  return row?.used ?? false
}
