'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { refuse } from '@/lib/outcome'
import { inUseDays, isInUse } from '@/lib/service-keys/lifecycle'
import { deleteServiceKeys } from '../actions'
import type { DialogProps } from '../dialog-props'
import { countText, ManyDialog } from './many-dialog'

export function DeleteManyDialog(props: DialogProps) {
  const [keys] = useState(props.keys)
  const [typed, setTyped] = useState('')
  /** How many are there to be deleted, and how many of them are in use: both may have changed since they were read. */
  const [{ count, inUse }, setNeeded] = useState(() => ({
    count: keys.length,
    inUse: keys.filter(({ lastUse }) => isInUse(lastUse && new Date(lastUse.at), new Date())).length,
  }))

  async function remove() {
    if (inUse > 0 && typed.trim() !== String(count)) return refuse('count-needed', { count, inUse })
    const outcome = await deleteServiceKeys(props.organizationId, {
      keyIds: keys.map(({ id }) => id),
      ...(inUse > 0 ? { typedCount: count } : {}),
    })
    if (!outcome.ok && outcome.reason === 'count-needed') setNeeded(outcome.details)
    return outcome
  }

  return (
    <ManyDialog
      {...props}
      title={(count) => `Delete ${countText(count)}?`}
      verb="Delete Keys"
      done="deleted"
      act={remove}
    >
      <p>
        <strong className="font-semibold">Programs that use them lose access at once.</strong> This cannot be
        undone.
      </p>
      {inUse > 0 && (
        <Field
          className="mt-4"
          label={`Type ${count} to delete them`}
          hint={`${countText(inUse)} of them used in the last ${inUseDays} days.`}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
    </ManyDialog>
  )
}
