import type { UserActor } from '@/lib/auth/actor'
import { localDayAt } from '@/lib/notices/clock/local-day'
import { raiseServiceKeyEndings } from '@/lib/notices/clock/raise-service-key-endings'
import { parseSearch } from '@/lib/notices/inbox/inputs'
import { listNotices } from '@/lib/notices/inbox/list'
import { markRead } from '@/lib/notices/inbox/mark-read'
import { sendDue } from '@/lib/notices/mail/send-due'
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
