'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { unreadKey } from '@/components/shell/use-unread'
import { markRead } from './actions'

type Props = {
  organizationId: string
  action: { text: string; path: string }
  /** Null: it is read, or was not for the reader. */
  unreadId: string | null
}

/** The way to the key; whoever follows it has read the notice. */
export function KeyLink({ organizationId, action, unreadId }: Props) {
  const client = useQueryClient()

  async function read(noticeId: string) {
    await markRead(organizationId, { noticeId }).catch(() => null)
    await client.invalidateQueries({ queryKey: unreadKey(organizationId) })
  }

  return (
    <Link
      href={action.path as Route}
      prefetch={false}
      onClick={() => void (unreadId && read(unreadId))}
      className="mt-1 inline-flex min-h-8 items-center gap-1 font-medium text-accent underline-offset-4 hover:underline"
    >
      {action.text}
      <ArrowRight aria-hidden className="size-3.5" />
    </Link>
  )
}
