'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError, TextArea } from '@/components/ui/field'
import { SizeField } from '@/components/ui/size-field'
import { toast } from '@/components/ui/toast'
import { longestReason } from '@/lib/media/longest-reason'
import type { OpenLimitRequest } from '@/lib/media/media-view'
import { bytesOfSize, exactSizeText, type SizeUnit } from '@/lib/media/sizes'
import { requestMediaLimit } from '../actions'
import { noSize, requestWords } from './words'

type Props = {
  organizationId: string
  limitBytes: number
  onClose: () => void
  onAsked: (request: OpenLimitRequest) => void
  /** Another admin was first: the page behind the dialog is out of date. */
  onFoundOpen: () => void
}

export function RequestLimitDialog({ organizationId, limitBytes, onClose, onAsked, onFoundOpen }: Props) {
  const [amount, setAmount] = useState('')
  const [unit, setUnit] = useState<SizeUnit>('MiB')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ReturnType<typeof requestWords> | null>(null)
  const wantedBytes = bytesOfSize(amount, unit)
  const errorOf = (field: 'size' | 'reason' | 'form') => (error?.field === field ? error.words : null)

  async function ask() {
    if (wantedBytes === null) return setError({ field: 'size', words: noSize })
    setBusy(true)
    setError(null)
    const outcome = await requestMediaLimit(organizationId, { wantedBytes, reason }).catch(() => null)
    setBusy(false)
    if (outcome?.ok) {
      toast('good', 'Support has your request')
      return onAsked(outcome.value.request)
    }
    if (outcome?.reason === 'already-open') onFoundOpen()
    setError(requestWords(outcome))
  }

  return (
    <Dialog title="Request a larger limit" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void ask()
        }}
      >
        <p className="mb-4">
          The limit is {exactSizeText(limitBytes)} for one file. Only support can change it; every admin is
          told the answer, by mail and under Notifications.
        </p>
        <SizeField
          label="Size of the largest file"
          amount={amount}
          unit={unit}
          onChange={(nextAmount, nextUnit) => {
            setAmount(nextAmount)
            setUnit(nextUnit)
            if (errorOf('size')) setError(null)
          }}
          bytes={wantedBytes}
          error={errorOf('size')}
        />
        <TextArea
          className="mt-4"
          label="Reason"
          hint="What the files are, and who sends them."
          value={reason}
          maxLength={longestReason}
          onChange={({ target }) => {
            setReason(target.value)
            if (errorOf('reason')) setError(null)
          }}
          error={errorOf('reason')}
        />
        <FieldError error={errorOf('form')} />
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            Send Request
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
