import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import type { Membership } from '@/lib/auth/session'
import type { NoticeSearch } from '@/lib/notices/inbox/inputs'
import type { NoticePage } from '@/lib/notices/inbox/list'
import { addressOf } from './address'
import { NoticeItem } from './notice-item'

type Props = { search: NoticeSearch; page: NoticePage; place: Membership }

/** The page of notices that was asked for, with the way to the next one. */
export function NoticeList({ search, page, place }: Props) {
  return (
    <section aria-label="Notifications, newest first" className="rounded-xl border border-line bg-surface">
      <ul className="divide-y divide-line">
        {page.notices.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} place={place} />
        ))}
      </ul>
      {page.notices.length === 0 && <p className="p-5 text-muted">There are no older notifications.</p>}
      {(search.after || page.next) && (
        <nav aria-label="Pages" className="flex justify-end gap-2 border-t border-line px-4 py-3 sm:px-5">
          {search.after && (
            <Link href={addressOf(search)} className={buttonLook('secondary')}>
              Newest
            </Link>
          )}
          {page.next && (
            <Link href={addressOf(search, page.next)} className={buttonLook('secondary')}>
              Older
            </Link>
          )}
        </nav>
      )}
    </section>
  )
}
