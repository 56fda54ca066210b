import { ChevronRight, Clock, type LucideIcon, MailCheck, MailX } from 'lucide-react'
import type { DeliveriesView } from '@/lib/notices/mail/find-deliveries'
import type { MailState } from '@/lib/notices/mail/mail-state'
import { mailsText, mailText } from './mail-words'
import { SentenceText } from './sentence-text'

const icons: Record<MailState['state'], LucideIcon> = { mailed: MailCheck, waiting: Clock, dropped: MailX }
const tones = { mailed: 'text-muted', waiting: 'text-warn', dropped: 'text-muted' }

/** For admins: who got a notice, and how their mail stands; native, so that it unfolds without a script. */
export function Deliveries({ deliveries }: { deliveries: DeliveriesView }) {
  const { mailed, waiting, dropped, people } = deliveries
  const more = mailed + waiting + dropped - people.length
  return (
    <details className="group/mail">
      <summary
        className={`inline-flex min-h-8 items-center gap-1 rounded font-medium ${waiting > 0 ? 'text-warn' : 'text-muted'} hover:text-ink`}
      >
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open/mail:rotate-90" />
        {mailsText(deliveries)}
      </summary>
      <ul className="mt-1 mb-1 space-y-1.5 rounded-lg bg-raised px-3 py-2.5">
        {people.map(({ userId, name, mail }) => {
          const Icon = icons[mail.state]
          return (
            <li key={userId} className="grid gap-x-4 sm:grid-cols-[minmax(8rem,14rem)_1fr]">
              <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
              <span className={`flex gap-1.5 ${tones[mail.state]}`}>
                <Icon aria-hidden className="mt-1 size-3.5 shrink-0" />
                <span className="min-w-0">
                  <SentenceText sentence={mailText(mail)} />
                </span>
              </span>
            </li>
          )
        })}
        {more > 0 && <li className="text-muted">And {more.toLocaleString('en')} more people</li>}
      </ul>
    </details>
  )
}
