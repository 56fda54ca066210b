import { useQuery } from '@tanstack/react-query'
import type { Unread } from '@/lib/notices/inbox/count-unread'

export const unreadKey = (organizationId: string) => ['unread-notices', organizationId]

const everyMs = 10_000

class ReadError extends Error {
  constructor(readonly status: number) {
    super(`the count was answered ${status}`)
  }
}

/**
 * Asks every 10 seconds and on return, never while the tab is hidden. What was known stays while nobody answers; whoever
 * has been signed out is not asked for again until they come back.
 */
export function useUnread(organizationId: string, initial?: Unread) {
  return useQuery({
    queryKey: unreadKey(organizationId),
    queryFn: () => read(organizationId),
    initialData: initial,
    staleTime: everyMs / 2,
    refetchInterval: ({ state: { error } }) =>
      error instanceof ReadError && error.status < 500 ? false : everyMs,
    retry: 0,
  })
}

async function read(organizationId: string): Promise<Unread> {
  const response = await fetch(
    `/api/console/notifications?organization=${encodeURIComponent(organizationId)}`,
  )
  if (!response.ok) throw new ReadError(response.status)
  return response.json()
}
