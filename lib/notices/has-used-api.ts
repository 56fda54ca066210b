import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** Whether any key of the organization was ever used; until then nobody is told when its keys end. */
export async function hasUsedApi(organizationId: string): Promise<boolean> {
  const [row] = await db().execute<{ used: boolean }>(sql`
    select exists (select 1 from key_uses where organization_id = ${organizationId})
      or exists (select 1 from service_key_uses
        where organization_id = ${organizationId} and coalesce(last_used_at, '-infinity') > '-infinity') as used`)
  return row?.used ?? false
}
