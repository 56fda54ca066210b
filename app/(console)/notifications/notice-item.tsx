import { ChevronDown } from 'lucide-react'
import { Moment } from '@/components/ui/moment'
import type { Membership } from '@/lib/auth/session'
import type { NoticeView } from '@/lib/notices/inbox/view'
import { noticeWords } from '@/lib/notices/words/notice-words'
import { Deliveries } from './deliveries'
import { MarkReadButton } from './mark-read-button'
import { NoticeBody } from './notice-body'
import { noticeLooks } from './notice-look'
import { SentenceText } from './sentence-text'

/** One notice: unfolded while it is unread, one line after that. Native, so that it unfolds without a script. */
export function NoticeItem({ notice, place }: { notice: NoticeView; place: Membership }) {
  const { id, content, deliveries } = notice
  const words = noticeWords(content)
  const { icon: Icon, tone } = noticeLooks[content.kind]
  const isUnread = notice.isRead === false
  const titleId = `title-${id}`
  const summaryId = `summary-${id}`
  return (
    <li>
      <article
        aria-labelledby={titleId}
        className="relative grid grid-cols-[auto_1fr] gap-x-3 px-4 py-3.5 sm:px-5"
      >
        {isUnread && (
          <span
            aria-hidden
            className="absolute top-[1.6rem] left-1 size-2 rounded-full bg-accent forced-color-adjust-none sm:left-1.5"
          />
        )}
        <span className={`flex size-8 items-center justify-center rounded-lg ${tone}`}>
          <Icon aria-hidden className="size-4" />
        </span>
        <details open={isUnread} className="group/notice min-w-0">
          <summary id={summaryId} className="block rounded pr-9 sm:flex sm:gap-x-4">
            <h2
              id={titleId}
              className={`grow [overflow-wrap:anywhere] sm:py-1 ${isUnread ? 'font-semibold' : 'font-medium text-muted'}`}
            >
              {isUnread && <span className="sr-only">Unread: </span>}
              <SentenceText sentence={words.title} />
            </h2>
            <p className="flex items-center gap-1.5 self-start text-xs leading-5 text-muted sm:py-1.5">
              <Moment at={notice.at} />
              <ChevronDown
                aria-hidden
                className="size-3.5 transition-transform group-open/notice:rotate-180"
              />
            </p>
          </summary>
          <NoticeBody content={content} words={words} unreadId={isUnread ? id : null} place={place} />
        </details>
        {isUnread && (
          <div className="absolute top-3 right-2 sm:top-3.5 sm:right-3">
            <MarkReadButton
              organizationId={place.organizationId}
              noticeId={id}
              titleId={titleId}
              nextId={summaryId}
            />
          </div>
        )}
        {deliveries && (
          <div className="col-start-2 min-w-0">
            <Deliveries deliveries={deliveries} />
          </div>
        )}
      </article>
    </li>
  )
}
