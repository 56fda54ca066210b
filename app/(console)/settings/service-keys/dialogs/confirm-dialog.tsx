'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { OneKeyProps } from '../dialog-props'
import { keyWords, type Refused } from '../words'
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
    <Dialog title={title} onClose={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void confirm()
        }}
      >
        <UseFacts keyShown={keyShown} />
        <div className="mt-4">{children}</div>
        <div className="mt-3">
          <FieldError error={error} />
        </div>
        <DialogButtons>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look={look} busy={busy}>
            {verb}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
