'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError, Select } from '@/components/ui/field'
import { Moment } from '@/components/ui/moment'
import { overlapEnd } from '@/lib/service-keys/lifecycle'
import { rotateServiceKey } from '../actions'
import type { OneKeyProps } from '../dialog-props'
import { isLost, keyWords, lostRotationWords } from '../words'
import { ShownOnce } from './shown-once'
import { UseFacts } from './use-facts'

const overlaps = [
  { hours: 0, name: 'Not at all' },
  { hours: 1, name: '1 hour' },
  { hours: 24, name: '1 day' },
  { hours: 72, name: '3 days' },
  { hours: 168, name: '7 days' },
]

export function RotateDialog({ organizationId, keyShown, apiUrl, close, refresh }: OneKeyProps) {
  const [secretId] = useState(keyShown.secretId)
  const [overlapHours, setOverlapHours] = useState(0)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [isOver, setIsOver] = useState(false)
  const [mayBeRotated, setMayBeRotated] = useState(false)
  const [rotated, setRotated] = useState<{ text: string; formerUntil: string } | null>(null)

  async function rotate() {
    setBusy(true)
    setError(null)
    const outcome = await rotateServiceKey(organizationId, {
      keyId: keyShown.id,
      secretId,
      overlapHours,
    }).catch(() => null)
    setBusy(false)
    if (outcome?.ok) {
      const { key, formerAcceptedUntil } = outcome.value
      return setRotated({ text: key, formerUntil: formerAcceptedUntil.toISOString() })
    }
    if (!isLost(outcome)) void refresh()
    setMayBeRotated(isLost(outcome))
    setIsOver(isLost(outcome) || outcome?.reason === 'already-rotated' || outcome?.reason === 'expired')
    setError(isLost(outcome) ? lostRotationWords(outcome) : keyWords(outcome))
  }

  function closeAnew() {
    void refresh()
    close()
  }
  const leave = mayBeRotated ? closeAnew : close

  const isDisabled = keyShown.state === 'disabled'
  if (rotated) {
    return (
      <ShownOnce title="API Access Key Rotated" text={rotated.text} apiUrl={apiUrl} onClose={closeAnew}>
        <p className="mt-4 [overflow-wrap:anywhere]">
          The old secret of <strong className="font-semibold">{keyShown.name}</strong>{' '}
          {overlapHours === 0 ? (
            'is refused from now on.'
          ) : (
            <>
              {isDisabled ? 'is accepted, once the key is enabled, until ' : 'keeps working until '}
              <Moment at={rotated.formerUntil} form="zoned" />.
            </>
          )}
          {isDisabled && ' The key is still disabled: the new secret works once it is enabled.'}
        </p>
      </ShownOnce>
    )
  }
  return (
    <Dialog title="Rotate this service key?" onClose={leave}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && !isOver) void rotate()
        }}
      >
        <p>
          <strong className="font-semibold [overflow-wrap:anywhere]">{keyShown.name}</strong> gets a new
          secret, shown once. Its id, access level, IP ranges and expiry stay as they are.
        </p>
        <UseFacts keyShown={keyShown} />
        <Select
          className="mt-4"
          label="Keep the old secret for"
          value={overlapHours}
          onChange={({ target }) => setOverlapHours(Number(target.value))}
          hint={<OldSecretEnd keyShown={keyShown} overlapHours={overlapHours} />}
        >
          {overlaps.map(({ hours, name }) => (
            <option key={hours} value={hours}>
              {name}
            </option>
          ))}
        </Select>
        <div className="mt-3">
          <FieldError error={error} />
        </div>
        <DialogButtons>
          <Button onClick={leave}>{isOver ? 'Close' : 'Cancel'}</Button>
          {!isOver && (
            <Button type="submit" look="primary" busy={busy}>
              Rotate
            </Button>
          )}
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function OldSecretEnd({
  keyShown,
  overlapHours,
}: {
  keyShown: OneKeyProps['keyShown']
  overlapHours: number
}) {
  const expiresAt = keyShown.expiresAt ? new Date(keyShown.expiresAt) : null
  const end = overlapEnd({ expiresAt }, overlapHours, new Date())
  const before = keyShown.overlapEndsAt && ' So is the secret before it.'
  if (overlapHours === 0) return <>The old secret is refused within a second.{before}</>
  return (
    <>
      {keyShown.state === 'disabled' ? 'Once the key is enabled, both work until ' : 'Both work until '}
      <Moment at={end.toISOString()} form="zoned" />
      {expiresAt && end.getTime() === expiresAt.getTime() ? ', when the key expires.' : '.'}
    </>
  )
}
