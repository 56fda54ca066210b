import type { UserActor } from '@/lib/auth/actor'
import { parseSearch } from '@/lib/notices/inputs'
import { listNotices } from '@/lib/notices/list'
import { localDayAt } from '@/lib/notices/local-day'
import { markRead } from '@/lib/notices/mark-read'
import { raiseServiceKeyEndings } from '@/lib/notices/raise-service-key-endings'
import { sendDue } from '@/lib/notices/send-due'
import { day } from '@/lib/service-keys/lifecycle'

/**
 * On the mornings of so many days ago people are told what ends soon, and get their mail, as the worker does it.
 * @param days such as [2, 1, 0]
 */
export async function tellOnMornings(days: readonly number[], timeZone: string, now: Date): Promise<void> {
  for (const ago of days) {
    const { morning } = localDayAt(new Date(now.getTime() - ago * day), timeZone)
    if (morning > now) continue
    while ((await raiseServiceKeyEndings(morning)) > 0);
    while ((await sendDue(morning)).taken > 0);
  }
}

/** What came before `until` has been read; what a person has left unread since stays so. */
export async function readEarlierNotices(reader: UserActor, until: Date): Promise<void> {
  const { notices } = await listNotices(reader, parseSearch({ show: 'unread' }, false), {
    withDeliveries: false,
  })
  for (const { id, at } of notices) if (new Date(at) < until) await markRead({ noticeId: id }, reader, until)
}
