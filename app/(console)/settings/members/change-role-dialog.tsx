'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { lossesOf, roleNames } from '@/lib/members/roles'
import { changeRole } from './actions'
import type { MemberDialogProps } from './member-dialog-props'
import { RoleField } from './role-field'
import { useChange } from './use-change'

export function ChangeRoleDialog({ organizationId, member, isYou, onClose }: MemberDialogProps) {
  const [role, setRole] = useState(member.role)
  const { run, busy, error } = useChange(onClose)
  const losses = lossesOf(member.role, role)

  async function change() {
    if (role === member.role) return onClose()
    const { userId, role: from } = member
    const outcome = await run(() => changeRole(organizationId, { userId, from, role }))
    if (outcome) toast('good', `${isYou ? 'You are' : `${member.name} is`} ${roleNames[role]} now`)
  }

  return (
    <Dialog title={isYou ? 'Change your own role' : `Change the role of ${member.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void change()
        }}
      >
        <RoleField role={role} onChoose={setRole} />
        <div role="status" className="mt-4 rounded-lg bg-raised p-3 empty:hidden">
          {losses.length > 0 && (
            <>
              <p className="font-medium">
                {isYou ? 'You' : member.name} can then no longer, from the next click on:
              </p>
              <ul className="mt-1 list-disc pl-5">
                {losses.map((each) => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
              {isYou && <p className="mt-2">Only another admin can give it back to you.</p>}
            </>
          )}
        </div>
        <FieldError error={error} />
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={losses.length > 0 ? 'danger' : 'primary'} busy={busy}>
            Change Role
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
