import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { cursorText, exactAt } from '@/lib/requests/cursor'
import type { Reader } from './store'

export type Unread = {
  count: number
  /** The place of the newest notice of all, read or not; null where there has never been one. */
  newest: string | null
}

/** One look for the bell, at indexes alone; both facts are of the same moment. */
export async function countUnread(reader: Reader): Promise<Unread> {
  const [row] = await db().execute<{ count: number; at: string | null; id: string | null }>(
    unreadQuery(reader),
  )
  return { count: row?.count ?? 0, newest: row?.at && row.id ? cursorText({ at: row.at, id: row.id }) : null }
}

export function unreadQuery({ userId, organizationId }: Reader) {
  const own = sql`user_id = ${userId} and organization_id = ${organizationId}`
  return sql`
    select unread.count, newest.at, newest.id
    from (select count(*)::int as count from notice_deliveries where ${own} and read_at is null) as unread
    left join (
      select ${sql.raw(exactAt('created_at'))} as at, notice_id as id from notice_deliveries where ${own}
      order by created_at desc, notice_id desc limit 1
    ) as newest on true`
}
