import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** Whether any key of the organization was ever used; until then the clock tells nobody anything. */
export async function hasUsedApi(organizationId: string): Promise<boolean> {
  const [row] = await db().execute<{ used: boolean }>(
    sql`select ${hasUsedApiSql(sql`${organizationId}`)} as used`,
  )
  return row?.used ?? false
}

/** The same in SQL. Without `exists`, which Postgres may answer by reading every use of everybody. */
export function hasUsedApiSql(organizationId: SQL): SQL {
  return sql`(coalesce((select true from key_uses where key_uses.organization_id = ${organizationId} limit 1), false)
    or (select max(coalesce(service_key_uses.last_used_at, '-infinity')) from service_key_uses
      where service_key_uses.organization_id = ${organizationId}) > '-infinity')`
}
