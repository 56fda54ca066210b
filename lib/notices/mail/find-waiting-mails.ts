import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** A mail that is on its way for longer than this is worth a word. */
export const usualMinutes = 5

export type WaitingMails = {
  count: number
  /** When the oldest of them should have gone; ISO 8601 in UTC. */
  since: string
  /** Why the last try failed; null where nothing has been tried. */
  problem: string | null
}

/** The organization's mails that should have gone by now, or null when all did. */
export async function findWaitingMails(
  organizationId: string,
  now = new Date(),
): Promise<WaitingMails | null> {
  const usual = new Date(now.getTime() - usualMinutes * 60_000)
  const [row] = await db().execute<{ count: number; since: Date | null; problem: string | null }>(sql`
    select count(*)::int as count, min(created_at) as since,
      (array_agg(mail_problem order by next_mail_at desc) filter (where mail_problem is not null))[1] as problem
    from notice_deliveries
    where organization_id = ${organizationId} and next_mail_at is not null
      and created_at < ${usual.toISOString()}::timestamptz`)
  if (!row?.since) return null
  return { count: row.count, since: new Date(row.since).toISOString(), problem: row.problem }
}
