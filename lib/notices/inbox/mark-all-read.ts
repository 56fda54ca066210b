import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { done, refuse } from '@/lib/outcome'
import type { markAllReadInput } from './inputs'
import type { Reader } from './store'

/**
 * Marks what the reader has seen as read: all up to the newest one on the page, so that one that arrives meanwhile
 * stays unread. A notice is dated when its verb began and appears when it ends, so that one may slip in below the
 * newest: more than the reader saw is refused with `more-meanwhile`.
 */
export async function markAllRead(
  { upTo, unread }: z.output<typeof markAllReadInput>,
  { userId, organizationId }: Reader,
  now = new Date(),
) {
  const [row] = await db().execute<{ found: number }>(sql`
    with meant as materialized (
      select notice_id from notice_deliveries
      where user_id = ${userId} and organization_id = ${organizationId} and read_at is null
        and (created_at, notice_id) <= (${upTo.at}::text::timestamptz, ${upTo.id})
      order by notice_id for update
    ), counted as (
      select count(*)::int as found from meant
    ), marked as (
      update notice_deliveries delivery set read_at = ${now.toISOString()}::timestamptz
      from meant, counted
      where delivery.notice_id = meant.notice_id and delivery.user_id = ${userId} and delivery.read_at is null
        and counted.found <= ${unread}
      returning 1
    )
    select found from counted`)
  const found = row?.found ?? 0
  return found > unread ? refuse('more-meanwhile') : done({ marked: found })
}
