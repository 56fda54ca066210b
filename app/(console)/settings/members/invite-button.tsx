'use client'

import { UserPlus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import type { GroupView } from '@/lib/groups/list-groups'
import type { InviteProps } from './invite-dialog'

const InviteDialog = lazyDialog<InviteProps>(
  () => import('./invite-dialog').then((m) => m.InviteDialog),
  ({ onClose }) => onClose(),
)

type Props = { organizationId: string; organizationName: string; groups: GroupView[] }

export function InviteButton(props: Props) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button look="primary" onClick={() => setIsOpen(true)}>
        <UserPlus aria-hidden className="size-4" />
        Invite
      </Button>
      {isOpen && (
        <Suspense>
          <InviteDialog {...props} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
