import { useQuery } from '@tanstack/react-query'
import type { OrganizationKeysView } from '@/lib/organization-keys/view'

export type ReadFailure = 'signed-out' | 'forbidden' | 'unavailable'

class ReadError extends Error {
  constructor(readonly reason: ReadFailure) {
    super(reason)
  }
}

/** The table's data: painted by the server first, then read anew every 10 seconds and when the window comes back. */
export function useKeys(organizationId: string, initial: OrganizationKeysView) {
  const query = useQuery({
    queryKey: ['organization-keys', organizationId],
    queryFn: () => read(organizationId),
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.now),
    staleTime: 5_000,
    refetchInterval: 10_000,
    retry: 0,
  })
  const failure = query.error ? (query.error instanceof ReadError ? query.error.reason : 'unavailable') : null
  return { view: query.data, failure, readAt: query.data.now, refresh: () => query.refetch() }
}

async function read(organizationId: string): Promise<OrganizationKeysView> {
  const response = await fetch(
    `/api/console/organization-keys?organization=${encodeURIComponent(organizationId)}`,
  )
  if (response.ok) return response.json()
  throw new ReadError(
    response.status === 401 ? 'signed-out' : response.status === 403 ? 'forbidden' : 'unavailable',
  )
}
