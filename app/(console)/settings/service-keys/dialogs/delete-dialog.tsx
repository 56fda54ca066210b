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
  /** The name by then, once it turned out that it has to be typed. */
  const [neededName, setNeededName] = useState<string | null>(null)
  const lastUsedAt = keyShown.lastUse && new Date(keyShown.lastUse.at)
  const isNeeded = neededName !== null || isInUse(lastUsedAt, new Date())
  const name = neededName ?? keyShown.name

  async function remove() {
    if (isNeeded && typedName.trim() !== name) return refuse('name-needed', { name })
    const outcome = await deleteServiceKey(organizationId, {
      keyId: keyShown.id,
      ...(isNeeded ? { typedName } : {}),
    })
    if (!outcome.ok && outcome.reason === 'name-needed') setNeededName(outcome.details.name)
    return outcome
  }

  return (
    <ConfirmDialog
      {...props}
      title="Delete this service key?"
      verb="Delete Key"
      look="danger"
      done="Service key deleted"
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
          label={`Type “${name}” to delete it`}
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
