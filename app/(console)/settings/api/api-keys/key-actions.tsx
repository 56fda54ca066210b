'use client'

import { Ban, Eye, FlaskConical, Lock, LockOpen, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'
import { testKey } from '../actions'
import type { Open } from './dialog-props'
import { testWords } from './words'

type Props = { organizationId: string; keyShown: OrganizationKeyView; onOpen: (open: Open) => void }

/** What can be done with a key in its state; what cannot is not there. */
export function KeyActions({ organizationId, keyShown: key, onOpen }: Props) {
  const [testing, setTesting] = useState(false)
  const isActive = key.state === 'active'

  async function test() {
    setTesting(true)
    const outcome = await testKey(organizationId, { keyId: key.id }).catch(() => null)
    setTesting(false)
    if (outcome?.ok) toast('good', 'API key is valid')
    else toast('bad', testWords(outcome))
  }

  const open = (dialog: Open['dialog']) => () => onOpen({ dialog, keyId: key.id })
  return (
    <div className="-ml-2 flex @4xl:ml-0 @4xl:justify-end">
      <IconButton name="Test" icon={FlaskConical} busy={testing} onClick={test} />
      {(isActive || key.state === 'retiring') && <IconButton name="View" icon={Eye} onClick={open('view')} />}
      {isActive && (
        <>
          {key.expiresAt ? (
            <IconButton name="Remove expiration" icon={LockOpen} onClick={open('remove')} />
          ) : (
            <IconButton name="Restore expiration" icon={Lock} onClick={open('restore')} />
          )}
          <IconButton name="Revoke" icon={Ban} onClick={open('revoke')} />
        </>
      )}
      {!isActive && <IconButton name="Delete" icon={Trash2} onClick={open('delete')} />}
    </div>
  )
}
