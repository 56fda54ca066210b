import { Moment } from '@/components/ui/moment'
import { ActionCell, Cell, Row } from '@/components/ui/table'
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
    <Row>
      <Cell label="Key">
        <code className="font-mono whitespace-nowrap">{key.masked}</code>
      </Cell>
      <Cell label="Status">
        <KeyStatus keyShown={key} serverNow={serverNow} />
      </Cell>
      <Cell label="Expires">
        <KeyExpiry keyShown={key} serverNow={serverNow} />
      </Cell>
      <Cell label="Last used">
        <LastUsed at={key.lastUsedAt} from={key.lastUsedFrom} />
      </Cell>
      <Cell label="Created">
        <Moment at={key.createdAt} form="date" />
        <span className="block text-muted">by {key.createdBy ?? 'schedule'}</span>
      </Cell>
      {mayAct && (
        <ActionCell className="@4xl:py-2 @4xl:last:pr-4">
          <KeyActions organizationId={organizationId} keyShown={key} onOpen={onOpen} />
        </ActionCell>
      )}
    </Row>
  )
}
