'use client'

import { EllipsisVertical, LogOut, UserMinus, UserRoundCog, Users } from 'lucide-react'
import { type ComponentType, Suspense, useState } from 'react'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import { Menu } from '@/components/ui/menu'
import type { MemberDialogProps } from './member-dialog-props'

const lazily = (load: () => Promise<ComponentType<MemberDialogProps>>) =>
  lazyDialog(load, ({ onClose }) => onClose())

const dialogs = {
  role: lazily(() => import('./change-role-dialog').then((m) => m.ChangeRoleDialog)),
  groups: lazily(() => import('./change-groups-dialog').then((m) => m.ChangeGroupsDialog)),
  remove: lazily(() => import('./remove-dialog').then((m) => m.RemoveDialog)),
  leave: lazily(() => import('./leave-dialog').then((m) => m.LeaveMemberDialog)),
}

type Props = Omit<MemberDialogProps, 'onClose'> & { isLastAdmin: boolean }

const needsAdmin = 'Make somebody else an admin first.'

/** What can be done with a member; what cannot says why. */
export function MemberActions({ isLastAdmin, ...props }: Props) {
  const [open, setOpen] = useState<keyof typeof dialogs | null>(null)
  const OpenDialog = open && dialogs[open]
  const { member, isYou, groups } = props
  return (
    <>
      <Menu
        name={`Actions for ${member.name}`}
        icon={EllipsisVertical}
        items={[
          {
            name: 'Change role',
            icon: UserRoundCog,
            obstacle: isLastAdmin ? needsAdmin : null,
            onChoose: () => setOpen('role'),
          },
          {
            name: 'Change groups',
            icon: Users,
            obstacle: groups.length === 0 ? 'There is no group yet.' : null,
            onChoose: () => setOpen('groups'),
          },
          {
            name: isYou ? 'Leave' : 'Remove',
            icon: isYou ? LogOut : UserMinus,
            isDanger: true,
            obstacle: isLastAdmin ? needsAdmin : null,
            onChoose: () => setOpen(isYou ? 'leave' : 'remove'),
          },
        ]}
      />
      {OpenDialog && (
        <Suspense>
          <OpenDialog {...props} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}
