import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { noticeDeliveries } from '@/db/schema'
import { done, refuse } from '@/lib/outcome'
import type { Reader } from './store'

/** Marks one of the reader's notices as read, from then on for good. Refuses with `not-found`. */
export async function markRead({ noticeId }: { noticeId: string }, reader: Reader, now = new Date()) {
  const { readAt, userId, organizationId } = noticeDeliveries
  const found = await db()
    .update(noticeDeliveries)
    .set({ readAt: sql`coalesce(${readAt}, ${now.toISOString()}::timestamptz)` })
    .where(
      and(
        eq(noticeDeliveries.noticeId, noticeId),
        eq(userId, reader.userId),
        eq(organizationId, reader.organizationId),
      ),
    )
    .returning({ noticeId: noticeDeliveries.noticeId })
  return found.length > 0 ? done() : refuse('not-found')
}
