'use client'

import { CheckCheck } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { markAllRead } from './actions'
import { useMark } from './use-mark'

type Props = { organizationId: string; unread: number; upTo: string }

/** Marks what the page has shown, and nothing that arrives after it. */
export function MarkAllReadButton({ organizationId, unread, upTo }: Props) {
  const { mark, busy } = useMark(organizationId, 'content')
  return (
    <Button busy={busy} onClick={() => mark(() => markAllRead(organizationId, { upTo, unread }))}>
      <CheckCheck aria-hidden className="size-4" />
      Mark all as read ({unread.toLocaleString('en')})
    </Button>
  )
}
