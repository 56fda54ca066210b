'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { Field, FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { useFirstError } from '@/components/ui/use-first-error'
import type { GroupView } from '@/lib/groups/list-groups'
import { createGroup, renameGroup } from './actions'
import { useChange } from './use-change'

/** A new group, or the name of one that is there. */
type Props = { organizationId: string; group: GroupView | null; onClose: () => void }

export function GroupDialog({ organizationId, group, onClose }: Props) {
  const [name, setName] = useState(group?.name ?? '')
  const [accountAlerts, setAccountAlerts] = useState(false)
  const { run, busy, error, errors } = useChange(onClose)
  const ref = useFirstError(errors)

  async function save() {
    const outcome = group
      ? await run(() => renameGroup(organizationId, { groupId: group.id, name }))
      : await run(() => createGroup(organizationId, { name, accountAlerts }))
    if (outcome)
      toast('good', group ? 'The group is renamed' : `${name.trim()} is there; put members into it`)
  }

  return (
    <Dialog title={group ? `Rename ${group.name}` : 'New group'} onClose={onClose}>
      <form
        ref={ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void save()
        }}
      >
        <Field
          label="Name"
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        {!group && (
          <label className="mt-4 flex cursor-pointer items-start gap-2.5">
            <input
              type="checkbox"
              checked={accountAlerts}
              onChange={({ target }) => setAccountAlerts(target.checked)}
              aria-describedby="group-alerts-hint"
              className="mt-1 size-4 accent-accent-strong"
            />
            <span>
              Account alerts
              <span id="group-alerts-hint" className="block text-muted">
                Its members get the notices about keys.
              </span>
            </span>
          </label>
        )}
        <FieldError error={error} />
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            {group ? 'Rename' : 'Create Group'}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
