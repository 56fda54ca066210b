import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { matching } from './matching'

/** The active keys that expire on one day, by UTC: from the first moment to the last. One alone is named. */
export type ServiceKeyEnds = { first: Date; last: Date; count: number; name: string | null }

/** When the organization's active keys expire between `now` and `until`, day by day, however many they are. */
export async function listServiceKeyEnds(
  organizationId: string,
  now: Date,
  until: Date,
): Promise<ServiceKeyEnds[]> {
  const rows = await db().execute<{ first: string; last: string; count: number; name: string | null }>(sql`
    select min(keys.expires_at) as first, max(keys.expires_at) as last, count(*)::int as count,
      case when count(*) = 1 then min(keys.name) end as name
    from service_keys as keys
    where ${matching(organizationId, { state: 'active' }, now)}
      and coalesce(keys.expires_at, 'infinity') <= ${until.toISOString()}
    group by date_trunc('day', keys.expires_at at time zone 'UTC')
    order by first`)
  return rows.map(({ first, last, ...ends }) => ({ ...ends, first: new Date(first), last: new Date(last) }))
}
