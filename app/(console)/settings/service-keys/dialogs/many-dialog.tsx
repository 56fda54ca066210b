'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import type { OneOfMany } from '@/lib/service-keys/change-many'
import type { DialogProps } from '../dialog-props'
import { keyWords, obstacleWords, type Refused } from '../words'
import { QuestionDialog } from './question-dialog'

type Answer = { ok: true; value: { keys: OneOfMany[] } } | NonNullable<Refused>

type Props = DialogProps & {
  title: (count: number) => string
  verb: string
  /** Such as "disabled". */
  done: string
  act: () => Promise<Answer>
  children: ReactNode
}

/** One question about several keys; afterwards it says what became of each that was refused. */
export function ManyDialog({ keys, title, verb, done, act, children, close, refresh }: Props) {
  const [asked] = useState(keys)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [results, setResults] = useState<OneOfMany[] | null>(null)

  async function confirm() {
    setBusy(true)
    setError(null)
    const outcome = await act().catch(() => null)
    if (outcome && (outcome.ok || outcome.reason !== 'count-needed')) await refresh()
    setBusy(false)
    if (!outcome?.ok) return setError(keyWords(outcome))
    if (outcome.value.keys.some(({ refused }) => refused)) return setResults(outcome.value.keys)
    toast('good', `${countText(outcome.value.keys.length)} ${done}`)
    close()
  }

  if (results) {
    const refused = results.filter((each) => each.refused)
    return (
      <Dialog
        title={`${results.length - refused.length} of ${countText(results.length)} ${done}`}
        onClose={close}
      >
        <p>{refused.length === 1 ? 'This one was not:' : 'These were not:'}</p>
        <ul className="mt-2 max-h-60 divide-y divide-line overflow-y-auto rounded-lg border border-line">
          {refused.map(({ keyId, refused: why }) => (
            <li key={keyId} className="px-3 py-2 [overflow-wrap:anywhere]">
              <span className="font-medium">{asked.find(({ id }) => id === keyId)?.name ?? keyId}</span>
              <span className="block text-muted">
                {why === 'not-found' || !why ? 'It is not there any more' : obstacleWords[why]}
              </span>
            </li>
          ))}
        </ul>
        <DialogButtons>
          <Button look="primary" onClick={close}>
            Close
          </Button>
        </DialogButtons>
      </Dialog>
    )
  }
  return (
    <QuestionDialog
      title={title(asked.length)}
      verb={verb}
      look="danger"
      busy={busy}
      error={error}
      onConfirm={confirm}
      onClose={close}
    >
      <ul className="max-h-40 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-raised">
        {asked.map(({ id, name, serviceUser }) => (
          <li key={id} className="flex justify-between gap-4 px-3 py-1.5">
            <span className="truncate">{name}</span>
            <span className="truncate text-muted">{serviceUser.name}</span>
          </li>
        ))}
      </ul>
      <div className="mt-4">{children}</div>
    </QuestionDialog>
  )
}

export function countText(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`
}
