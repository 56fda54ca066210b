'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { doorWords } from '@/components/refusals'
import { Button } from '@/components/ui/button'
import { FieldError } from '@/components/ui/field'
import { issueKey } from '../actions'

type Props = {
  organizationId: string
  isFirst: boolean
  mayAct: boolean
  refresh: () => Promise<unknown>
  onIssued: (keyId: string) => void
}

/** No key is active: never issued, or the last one has expired. */
export function NoKey({ organizationId, isFirst, mayAct, refresh, onIssued }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function issue() {
    setBusy(true)
    setError(null)
    const outcome = await issueKey(organizationId, {}).catch(() => null)
    await refresh()
    setBusy(false)
    if (outcome?.ok) onIssued(outcome.value.keyId)
    else if (outcome?.reason !== 'already-active') setError(doorWords(outcome))
  }

  return (
    <div className="flex flex-col items-start gap-3 border-b border-line p-4 sm:p-5">
      <KeyRound aria-hidden className="size-5 text-muted" />
      <div>
        <h3 className="font-semibold">{isFirst ? 'There is no API key yet' : 'No API key is active'}</h3>
        <p className="text-muted">
          {isFirst
            ? 'Systems of this organization cannot call the API until it has a key.'
            : 'The last key has expired: systems that still use it are refused. A new key opens the API again.'}
        </p>
      </div>
      {mayAct && (
        <Button look="primary" busy={busy} onClick={issue}>
          Create API Key
        </Button>
      )}
      <FieldError error={error} />
    </div>
  )
}
