'use client'

import { Bell as BellIcon } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import type { Unread } from '@/lib/notices/inbox/count-unread'
import { useUnread } from './use-unread'

const mostShown = 99

/** The way to the notifications, with how many are unread; it counts up while one watches. */
export function Bell({ organizationId, initial }: { organizationId: string; initial: Unread }) {
  const { data } = useUnread(organizationId, initial)
  const count = data?.count ?? 0
  return (
    <>
      <Link
        href="/notifications"
        aria-label={count === 0 ? 'Notifications' : `Notifications, ${countText(count)} unread`}
        className="relative inline-flex size-9 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-ink sm:size-8"
      >
        <BellIcon aria-hidden className="size-4" />
        {count > 0 && (
          <span
            aria-hidden
            className="absolute -top-0.5 left-4 rounded-full bg-accent-strong px-1 text-[0.625rem] leading-4 font-semibold text-on-accent tabular-nums ring-2 ring-surface min-w-4 text-center"
          >
            {count > mostShown ? `${mostShown}+` : count}
          </span>
        )}
      </Link>
      <News count={count} />
    </>
  )
}

/** Says what has come in since the page was opened, for those who do not see the number. */
function News({ count }: { count: number }) {
  const [known, setKnown] = useState({ count, news: '' })
  if (known.count !== count) {
    const more = count - known.count
    setKnown({
      count,
      // With the total, because the same words a second time would not be heard.
      news:
        more > 0
          ? `${countText(more)} new ${more === 1 ? 'notification' : 'notifications'}, ${countText(count)} unread`
          : '',
    })
  }
  return (
    <span role="status" className="sr-only">
      {known.news}
    </span>
  )
}

const countText = (count: number) => (count > mostShown ? `more than ${mostShown}` : String(count))
