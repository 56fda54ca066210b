import { Table } from '@/components/ui/table'
import type { OrganizationKeysView } from '@/lib/organization-keys/view'
import type { Open } from './dialog-props'
import { KeyRow } from './key-row'

type Props = {
  organizationId: string
  view: OrganizationKeysView
  mayAct: boolean
  onOpen: (open: Open) => void
}

const columns = ['Key', 'Status', 'Expires', 'Last used', 'Created'].map((name) => ({ name }))

/** Newest first. */
export function KeyTable({ organizationId, view, mayAct, onOpen }: Props) {
  return (
    <Table
      caption="API keys of the organization, newest first"
      columns={mayAct ? [...columns, { name: 'Actions', className: 'text-right' }] : columns}
    >
      {view.keys.map((key) => (
        <KeyRow
          key={key.id}
          organizationId={organizationId}
          keyShown={key}
          serverNow={view.now}
          mayAct={mayAct}
          onOpen={onOpen}
        />
      ))}
    </Table>
  )
}
