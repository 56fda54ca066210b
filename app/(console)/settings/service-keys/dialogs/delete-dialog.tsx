'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { refuse } from '@/lib/outcome'
import { inUseDays, isInUse } from '@/lib/service-keys/lifecycle'
import { deleteServiceKey } from '../actions'
import type { OneKeyProps } from '../dialog-props'
import { ConfirmDialog } from './confirm-dialog'

export function DeleteDialog(props: OneKeyProps) {
  const { organizationId, keyShown } = props
  const [typedName, setTypedName] = useState('')
  const [wasNeeded, setWasNeeded] = useState(false)
  const lastUsedAt = keyShown.lastUse && new Date(keyShown.lastUse.at)
  const isNeeded = wasNeeded || isInUse(lastUsedAt, new Date())

  async function remove() {
    if (isNeeded && typedName.trim() !== keyShown.name) return refuse('name-needed')
    const outcome = await deleteServiceKey(organizationId, {
      keyId: keyShown.id,
      ...(isNeeded ? { typedName } : {}),
    })
    if (!outcome.ok && outcome.reason === 'name-needed') setWasNeeded(true)
    return outcome
  }

  return (
    <ConfirmDialog
      {...props}
      title="Delete this API key?"
      verb="Delete Key"
      look="danger"
      done="API key deleted"
      act={remove}
    >
      <p>
        {keyShown.state === 'active' ? (
          <>
            <strong className="font-semibold">Programs that use it lose access at once.</strong> This cannot
            be undone.
          </>
        ) : (
          'It is not accepted now. Deleting removes it from the table for good.'
        )}{' '}
        Auditors still find who used it last.
      </p>
      {isNeeded && (
        <Field
          className="mt-4"
          label={`Type “${keyShown.name}” to delete it`}
          hint={`It was used in the last ${inUseDays} days.`}
          autoComplete="off"
          spellCheck={false}
          value={typedName}
          onChange={({ target }) => setTypedName(target.value)}
        />
      )}
    </ConfirmDialog>
  )
}
