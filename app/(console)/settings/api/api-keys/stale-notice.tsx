import { CloudOff } from 'lucide-react'
import { Moment } from '@/components/ui/moment'
import type { ReadFailure } from './use-keys'

const words: Record<ReadFailure, string> = {
  'signed-out': 'Your session has ended. Reload the page to sign in again.',
  forbidden: 'You may not read this any more. Reload the page.',
  unavailable: 'Keyturn cannot reach its database right now and keeps trying.',
}

/** Says that the table may be out of date instead of pretending that it is not. */
export function StaleNotice({ failure, readAt }: { failure: ReadFailure; readAt: string }) {
  return (
    <p
      role="status"
      className="flex items-start gap-2 border-b border-line bg-warn-soft px-4 py-2.5 text-warn sm:px-5"
    >
      <CloudOff aria-hidden className="mt-1 size-3.5 shrink-0" />
      <span>
        {words[failure]} The table shows the state of <Moment at={readAt} />.
      </span>
    </p>
  )
}
