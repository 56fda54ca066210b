'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { GroupDialog } from './group-dialog'

export function NewGroupButton({ organizationId }: { organizationId: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Plus aria-hidden className="size-4" />
        New group
      </Button>
      {isOpen && (
        <GroupDialog organizationId={organizationId} group={null} onClose={() => setIsOpen(false)} />
      )}
    </>
  )
}
