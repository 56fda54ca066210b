'use client'

import { type ReactNode, useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { OneKeyProps } from '../dialog-props'
import { keyWords, type Refused } from '../words'
import { QuestionDialog } from './question-dialog'
import { UseFacts } from './use-facts'

type Props = OneKeyProps & {
  title: string
  verb: string
  look: 'primary' | 'danger'
  /** What is said once it is done. */
  done: string
  act: () => Promise<{ ok: true } | NonNullable<Refused>>
  children: ReactNode
}

/** One question about one key, what its answer changes, and the button that does it. */
export function ConfirmDialog({ title, verb, look, done, act, children, keyShown, close, refresh }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function confirm() {
    setBusy(true)
    setError(null)
    const outcome = await act().catch(() => null)
    // The row changes before the dialog goes, so that the focus is not given back to a button that is about to vanish.
    if (outcome && (outcome.ok || outcome.reason !== 'name-needed')) await refresh()
    if (outcome?.ok) {
      toast('good', done)
      return close()
    }
    setBusy(false)
    setError(keyWords(outcome))
  }

  return (
    <QuestionDialog
      title={title}
      verb={verb}
      look={look}
      busy={busy}
      error={error}
      onConfirm={confirm}
      onClose={close}
    >
      <UseFacts keyShown={keyShown} />
      <div className="mt-4">{children}</div>
    </QuestionDialog>
  )
}
