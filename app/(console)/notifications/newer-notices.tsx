'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ArrowUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'
import { unreadKey, useUnread } from '@/components/shell/use-unread'
import { Button } from '@/components/ui/button'
import type { Unread } from '@/lib/notices/inbox/count-unread'

/** Says that something newer than the list has come in, without moving what somebody reads. */
export function NewerNotices({ organizationId, shown }: { organizationId: string; shown: Unread }) {
  const client = useQueryClient()
  const router = useRouter()
  const [isReading, startReading] = useTransition()
  const { data, dataUpdatedAt } = useUnread(organizationId)
  const [painted, setPainted] = useState({ shown, at: Number.POSITIVE_INFINITY })

  // The bell follows the page at once, and only what it hears after that can be newer.
  useEffect(() => {
    setPainted({ shown, at: Date.now() })
    void client.invalidateQueries({ queryKey: unreadKey(organizationId) })
  }, [client, organizationId, shown])

  const isNewer =
    painted.shown === shown &&
    dataUpdatedAt > painted.at &&
    data !== undefined &&
    data.newest !== shown.newest
  return (
    <div role="status" className="empty:hidden">
      {isNewer && (
        <Button look="quiet" busy={isReading} onClick={() => startReading(() => router.refresh())}>
          <ArrowUp aria-hidden className="size-4" />
          Something new has come in: show it
        </Button>
      )}
    </div>
  )
}
