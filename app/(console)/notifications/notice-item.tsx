import { Moment } from '@/components/ui/moment'
import { can, type Role } from '@/lib/auth/permissions'
import { kindsAbout } from '@/lib/notices/inputs'
import type { NoticeView } from '@/lib/notices/view'
import { noticeWords } from '@/lib/notices/words'
import { Deliveries } from './deliveries'
import { KeyLink } from './key-link'
import { MarkReadButton } from './mark-read-button'
import { noticeLooks } from './notice-look'
import { SentenceText } from './sentence-text'

export type Place = { organizationId: string; organizationName: string; role: Role }

export function NoticeItem({ notice, place }: { notice: NoticeView; place: Place }) {
  const { id, content, deliveries } = notice
  const { title, sentences, facts, action } = noticeWords(content)
  const { icon: Icon, tone } = noticeLooks[content.kind]
  const isUnread = notice.isRead === false
  const titleId = `title-${id}`
  const isServiceKey = kindsAbout['service-keys'].includes(content.kind)
  const mayOpen = can(place.role, isServiceKey ? 'service-keys:read' : 'organization-keys:read')
  return (
    <li>
      <article
        aria-labelledby={titleId}
        className="relative grid grid-cols-[auto_1fr_auto] gap-x-3 px-4 py-4 sm:px-5"
      >
        {isUnread && (
          <span
            aria-hidden
            className="absolute top-7 left-1 size-2 rounded-full bg-accent forced-color-adjust-none sm:left-1.5"
          />
        )}
        <span className={`mt-0.5 flex size-8 items-center justify-center rounded-lg ${tone}`}>
          <Icon aria-hidden className="size-4" />
        </span>
        <div className="min-w-0 sm:flex sm:gap-x-4">
          <h2
            id={titleId}
            tabIndex={-1}
            className={`grow pt-0.5 outline-none [overflow-wrap:anywhere] ${isUnread ? 'font-semibold' : 'font-medium text-muted'}`}
          >
            {isUnread && <span className="sr-only">Unread: </span>}
            <SentenceText sentence={title} />
          </h2>
          <p className="text-xs leading-5 text-muted sm:pt-1">
            <Moment at={notice.at} />
          </p>
        </div>
        <div className="-mt-0.5 -mr-1.5 sm:w-8">
          {isUnread && (
            <MarkReadButton organizationId={place.organizationId} noticeId={id} titleId={titleId} />
          )}
        </div>
        <div className="col-span-full mt-1.5 min-w-0 sm:col-start-2 sm:mt-0.5">
          <p className="max-w-3xl [overflow-wrap:anywhere]">
            {sentences.map((sentence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what a notice says does not change
              <span key={index}>
                <SentenceText sentence={sentence} />{' '}
              </span>
            ))}
          </p>
          <dl className="mt-2 space-y-0.5 sm:flex sm:flex-wrap sm:gap-x-6 sm:gap-y-1.5 sm:space-y-0">
            {facts.map(({ label, value }) => (
              <div key={label} className="flex min-w-0 flex-wrap gap-x-2 sm:block">
                <dt className="text-muted sm:text-xs">{label}</dt>
                <dd className="[overflow-wrap:anywhere]">
                  <SentenceText sentence={value} />
                </dd>
              </div>
            ))}
          </dl>
          <div className="mt-1.5 flex flex-wrap items-center gap-x-5">
            {mayOpen ? (
              <KeyLink
                organizationId={place.organizationId}
                action={action}
                unreadId={isUnread ? id : null}
                titleId={titleId}
              />
            ) : (
              <p className="text-muted">
                {isServiceKey ? 'An admin or a developer' : 'An admin'} of {place.organizationName} can act on
                it.
              </p>
            )}
            {deliveries && <Deliveries deliveries={deliveries} />}
          </div>
        </div>
      </article>
    </li>
  )
}
