import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { doorWords } from '@/components/refusals'
import { unreadKey } from '@/components/shell/use-unread'
import { toast } from '@/components/ui/toast'

type Answer = { ok: true } | { ok: false; reason: string; details?: unknown }

/**
 * One action at a time, then the bell and the page are read anew. Where the pressed button goes, the focus goes to the
 * element of the id `next`, or to the page.
 */
export function useMark(organizationId: string, next: string) {
  const router = useRouter()
  const client = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const [isReading, startReading] = useTransition()
  const wasPressed = useRef(false)

  useEffect(
    () => () => {
      if (!wasPressed.current) return
      const target = document.getElementById(next) ?? document.getElementById('content')
      target?.focus()
    },
    [next],
  )

  async function mark(act: () => Promise<Answer>): Promise<void> {
    setIsAsking(true)
    const answer = await act().catch(() => null)
    setIsAsking(false)
    wasPressed.current = answer?.ok === true
    if (!answer?.ok) toast('bad', markWords(answer))
    void client.invalidateQueries({ queryKey: unreadKey(organizationId) })
    startReading(() => router.refresh())
  }

  return { mark, busy: isAsking || isReading }
}

function markWords(refusal: Exclude<Answer, { ok: true }> | null): string {
  switch (refusal?.reason) {
    case 'more-meanwhile':
      return 'Something new has come in meanwhile. The page now shows it: look first, then mark all as read.'
    case 'not-found':
      return 'This notification is not there any more. The page now shows what is.'
    default:
      return doorWords(refusal)
  }
}
