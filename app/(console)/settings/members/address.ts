import type { Route } from 'next'
import type { MemberSearch } from '@/lib/members/inputs'

/** The page's address for a search; what is empty is left out. */
export function addressOf({ q, role, group }: Omit<MemberSearch, 'after'>, after?: string | null): Route {
  const query = new URLSearchParams({
    ...(q ? { q } : {}),
    ...(role ? { role } : {}),
    ...(group ? { group } : {}),
    ...(after ? { after } : {}),
  })
  return (query.size > 0 ? `/settings/members?${query}` : '/settings/members') as Route
}

export const everybody: MemberSearch = { q: '', role: null, group: null, after: null }
