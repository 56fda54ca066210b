'use client'

import { EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { Menu } from '@/components/ui/menu'
import { toast } from '@/components/ui/toast'
import type { GroupView } from '@/lib/groups/list-groups'
import { deleteGroup } from './actions'
import { GroupDialog } from './group-dialog'
import { useChange } from './use-change'

type Props = { organizationId: string; group: GroupView }

export function GroupActions({ organizationId, group }: Props) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const props = { organizationId, group, onClose: () => setOpen(null) }
  return (
    <div className="flex justify-end">
      <Menu
        name={`Actions for the group ${group.name}`}
        icon={EllipsisVertical}
        items={[
          { name: 'Rename', icon: Pencil, onChoose: () => setOpen('rename') },
          { name: 'Delete', icon: Trash2, isDanger: true, onChoose: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && <GroupDialog {...props} />}
      {open === 'delete' && <DeleteGroupDialog {...props} />}
    </div>
  )
}

function DeleteGroupDialog({ organizationId, group, onClose }: Props & { onClose: () => void }) {
  const { run, busy, error } = useChange(onClose)

  async function remove() {
    const outcome = await run(() => deleteGroup(organizationId, { groupId: group.id }))
    if (outcome) toast('good', `${group.name} is deleted`)
  }

  return (
    <Dialog title={`Delete ${group.name}?`} onClose={onClose}>
      <p>
        Its members stay members of the organization.
        {group.accountAlerts && group.memberCount > 0 && (
          <> Those who are in no other group with Account alerts get no notices about keys any more.</>
        )}
      </p>
      <FieldError error={error} />
      <DialogButtons>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={remove}>
          Delete Group
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
