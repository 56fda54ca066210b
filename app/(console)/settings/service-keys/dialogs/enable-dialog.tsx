'use client'

import { enableServiceKey } from '../actions'
import type { OneKeyProps } from '../dialog-props'
import { ConfirmDialog } from './confirm-dialog'

export function EnableDialog(props: OneKeyProps) {
  const { organizationId, keyShown } = props
  return (
    <ConfirmDialog
      {...props}
      title="Enable this service key?"
      verb="Enable"
      look="primary"
      done="Service key enabled"
      act={() => enableServiceKey(organizationId, { keyId: keyShown.id })}
    >
      <p>
        <strong className="font-semibold [overflow-wrap:anywhere]">{keyShown.name}</strong> is accepted again
        within a second, with the same secret as before.
      </p>
    </ConfirmDialog>
  )
}
