import type { ReactNode } from 'react'
import { Moment } from '@/components/ui/moment'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'
import type { Open } from './dialog-props'
import { KeyActions } from './key-actions'
import { KeyExpiry } from './key-expiry'
import { KeyStatus } from './key-status'
import { LastUsed } from './last-used'

type Props = {
  organizationId: string
  keyShown: OrganizationKeyView
  serverNow: string
  mayAct: boolean
  onOpen: (open: Open) => void
}

export function KeyRow({ organizationId, keyShown: key, serverNow, mayAct, onOpen }: Props) {
  return (
    <tr className="block px-4 py-3 align-top @4xl:table-row @4xl:px-0">
      <Cell label="Key">
        <code className="font-mono whitespace-nowrap">{key.masked}</code>
      </Cell>
      <Cell label="Status">
        <KeyStatus keyShown={key} serverNow={serverNow} />
      </Cell>
      <Cell label="Expires">
        <KeyExpiry keyShown={key} />
      </Cell>
      <Cell label="Last used">
        <LastUsed at={key.lastUsedAt} from={key.lastUsedFrom} />
      </Cell>
      <Cell label="Created">
        <Moment at={key.createdAt} form="date" />
        <span className="block text-muted">by {key.createdBy ?? 'schedule'}</span>
      </Cell>
      {mayAct && (
        <td className="block pt-2 @4xl:table-cell @4xl:py-2 @4xl:pr-4 @4xl:pl-3">
          <KeyActions organizationId={organizationId} keyShown={key} onOpen={onOpen} />
        </td>
      )}
    </tr>
  )
}

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="grid grid-cols-[6rem_1fr] py-0.5 @4xl:table-cell @4xl:px-3 @4xl:py-3 @4xl:first:pl-5 @4xl:last:pr-5">
      <span aria-hidden className="text-muted @4xl:hidden">
        {label}
      </span>
      <span>{children}</span>
    </td>
  )
}
