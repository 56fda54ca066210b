'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'

type Props = {
  person: { name: string; email: string }
  signOut: (input: Record<string, never>) => Promise<unknown>
}

export function AccountMenu({ person, signOut }: Props) {
  const [busy, setBusy] = useState(false)
  return (
    <div className="order-2 flex items-center gap-2 lg:order-none lg:px-2">
      <p className="hidden min-w-0 grow lg:block">
        <span className="block truncate font-medium">{person.name}</span>
        <span className="block truncate text-xs text-muted">{person.email}</span>
      </p>
      <IconButton
        name="Sign out"
        icon={LogOut}
        busy={busy}
        onClick={async () => {
          setBusy(true)
          await signOut({}).catch(() => null)
          window.location.assign('/sign-in')
        }}
      />
    </div>
  )
}
