import type { Route } from 'next'
import type { NoticeSearch } from '@/lib/notices/inbox/inputs'

/** The page's address for a search; what is usual is left out. */
export function addressOf({ whose, show, about }: Omit<NoticeSearch, 'after'>, after?: string): Route {
  const query = new URLSearchParams({
    ...(whose === 'everybodys' ? { whose } : {}),
    ...(show === 'unread' ? { show } : {}),
    ...(about ? { about } : {}),
    ...(after ? { after } : {}),
  })
  return (query.size > 0 ? `/notifications?${query}` : '/notifications') as Route
}

export const usual: NoticeSearch = { whose: 'mine', show: 'all', about: null, after: null }
