'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { changeGroups } from './actions'
import { GroupChoices } from './group-choices'
import type { MemberDialogProps } from './member-dialog-props'
import { useChange } from './use-change'

export function ChangeGroupsDialog({ organizationId, member, groups, onClose }: MemberDialogProps) {
  const before = member.groups.map(({ id }) => id)
  const [chosen, setChosen] = useState(before)
  const { run, busy, error } = useChange(onClose)
  const join = chosen.filter((id) => !before.includes(id))
  const leave = before.filter((id) => !chosen.includes(id))

  async function change() {
    if (join.length + leave.length === 0) return onClose()
    const outcome = await run(() => changeGroups(organizationId, { userId: member.userId, join, leave }))
    if (outcome) toast('good', `The groups of ${member.name} are changed`)
  }

  return (
    <Dialog title={`Groups of ${member.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void change()
        }}
      >
        <GroupChoices groups={groups} chosen={chosen} onChoose={setChosen} />
        <FieldError error={error} />
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            Save
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
