import { and, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { noticeDeliveries, users } from '@/db/schema'
import { personName } from '@/lib/auth/person-name'
import { type MailState, mailStateOf } from './mail-state'

/** So many people are named of each notice: first those whose mail waits, then those who got none. */
export const mostNamed = 20

export type DeliveriesView = {
  mailed: number
  waiting: number
  dropped: number
  people: { userId: string; name: string; mail: MailState }[]
}

/** For admins: who got each of these notices, and how their mail stands. */
export async function findDeliveries(
  organizationId: string,
  noticeIds: readonly string[],
): Promise<Map<string, DeliveriesView>> {
  if (noticeIds.length === 0) return new Map()
  const { noticeId, mailedAt, droppedAt, nextMailAt, dropReason, mailTries, mailProblem } = noticeDeliveries
  const name = personName(users)
  const countOf = (column: typeof mailedAt) =>
    sql<number>`(count(${column}) over (partition by ${noticeId}))::int`
  const ranked = db()
    .select({
      noticeId,
      userId: sql<string>`${users.id}`.as('person_id'),
      name: name.as('name'),
      mailedAt,
      dropReason,
      nextMailAt,
      mailTries,
      mailProblem,
      mailed: countOf(mailedAt).as('mailed'),
      waiting: countOf(nextMailAt).as('waiting'),
      dropped: countOf(droppedAt).as('dropped'),
      rank: sql<number>`row_number() over (partition by ${noticeId}
        order by ${nextMailAt} is null, ${droppedAt} is null, lower(${name}), ${users.id})`.as('rank'),
    })
    .from(noticeDeliveries)
    .innerJoin(users, eq(users.id, noticeDeliveries.userId))
    .where(and(eq(noticeDeliveries.organizationId, organizationId), inArray(noticeId, [...noticeIds])))
    .as('ranked')
  const rows = await db()
    .select()
    .from(ranked)
    .where(sql`${ranked.rank} <= ${mostNamed}`)
    .orderBy(ranked.noticeId, ranked.rank)
  const found = new Map<string, DeliveriesView>()
  for (const row of rows) {
    const { mailed, waiting, dropped } = row
    const view = found.get(row.noticeId) ?? { mailed, waiting, dropped, people: [] }
    view.people.push({ userId: row.userId, name: row.name, mail: mailStateOf(row) })
    found.set(row.noticeId, view)
  }
  return found
}
