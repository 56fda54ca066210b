'use client'

import { Check } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { markRead } from './actions'
import { useMark } from './use-mark'

type Props = { organizationId: string; noticeId: string; titleId: string; nextId: string }

export function MarkReadButton({ organizationId, noticeId, titleId, nextId }: Props) {
  const { mark, busy } = useMark(organizationId, nextId)
  return (
    <IconButton
      name="Mark as read"
      aria-describedby={titleId}
      icon={Check}
      busy={busy}
      onClick={() => mark(() => markRead(organizationId, { noticeId }))}
    />
  )
}
