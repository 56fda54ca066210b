import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import type { Use } from '@/lib/notices/kinds'
import { day } from './lifecycle'

export type LastUse = { lastUse: Use; addressesIn7Days: number }

/** Who used these keys last, and from how many addresses in the last 7 days; a key that nobody used is not there. */
export async function findLastUses(
  tx: Transaction | Database,
  keyIds: Iterable<string>,
  now: Date,
): Promise<Map<string, LastUse>> {
  const sevenDaysAgo = new Date(now.getTime() - 7 * day).toISOString()
  const rows = await tx.execute<{
    id: string
    at: string
    address: string
    userAgent: string
    addresses: number
  }>(sql`
    select given.id, to_json(latest.last_used_at) #>> '{}' as at, latest.address, latest.user_agent as "userAgent",
      recent.addresses
    from jsonb_array_elements_text(${JSON.stringify([...keyIds])}::jsonb) as given(id)
    cross join lateral (
      select last_used_at, address, user_agent from key_uses where key_id = given.id
      order by last_used_at desc limit 1) as latest
    cross join lateral (
      select count(*)::int as addresses from key_uses
      where key_id = given.id and last_used_at > ${sevenDaysAgo}::timestamptz) as recent`)
  return new Map(
    rows.map(({ id, at, addresses, ...by }) => [
      id,
      { lastUse: { at: new Date(at).toISOString(), ...by }, addressesIn7Days: addresses },
    ]),
  )
}
