'use client'

import { disableServiceKey } from '../actions'
import type { OneKeyProps } from '../dialog-props'
import { ConfirmDialog } from './confirm-dialog'

export function DisableDialog(props: OneKeyProps) {
  const { organizationId, keyShown } = props
  return (
    <ConfirmDialog
      {...props}
      title="Disable this service key?"
      verb="Disable"
      look="danger"
      done="Service key disabled"
      act={() => disableServiceKey(organizationId, { keyId: keyShown.id })}
    >
      <p>
        Programs that use <strong className="font-semibold [overflow-wrap:anywhere]">{keyShown.name}</strong>{' '}
        are refused within a second, until it is enabled again.
        {keyShown.overlapEndsAt && ' That holds for its old secret too.'}
      </p>
    </ConfirmDialog>
  )
}
