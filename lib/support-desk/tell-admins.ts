import { sendMail } from '@/lib/email/send'
import { env } from '@/lib/env'
import { type LimitNews, writeLimitMail } from './limit-mail'
import type { Admin } from './store'

/**
 * Mails the news to each admin, one recipient a message, after the commit.
 * @param event names the change or the answer: no admin gets the same one twice
 * @returns the names of those whose mail was not taken
 */
export async function tellAdmins(admins: Admin[], news: LimitNews, event: string): Promise<string[]> {
  const mail = writeLimitMail(news, env().CONSOLE_URL)
  const untold = await Promise.all(
    admins.map(async ({ userId, name, email }) => {
      const sent = await sendMail({ ...mail, to: email }, `${event} ${userId}`)
      return sent.ok ? [] : [name]
    }),
  )
  return untold.flat()
}
