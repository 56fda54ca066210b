'use client'

import { disableServiceKeys } from '../actions'
import type { DialogProps } from '../dialog-props'
import { countText, ManyDialog } from './many-dialog'

export function DisableManyDialog(props: DialogProps) {
  const keyIds = props.keys.map(({ id }) => id)
  return (
    <ManyDialog
      {...props}
      title={(count) => `Disable ${countText(count)}?`}
      verb="Disable"
      done="disabled"
      act={() => disableServiceKeys(props.organizationId, { keyIds })}
    >
      <p>Programs that use them are refused within a second, until they are enabled again.</p>
    </ManyDialog>
  )
}
