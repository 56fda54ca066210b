import type { OrganizationKeysView } from '@/lib/organization-keys/view'
import type { Open } from './dialog-props'
import { KeyRow } from './key-row'

type Props = {
  organizationId: string
  view: OrganizationKeysView
  mayAct: boolean
  onOpen: (open: Open) => void
}

/** Newest first. On narrow screens each row stands as a card, and the head stays for screen readers. */
export function KeyTable({ organizationId, view, mayAct, onOpen }: Props) {
  const columns = ['Key', 'Status', 'Expires', 'Last used', 'Created', ...(mayAct ? ['Actions'] : [])]
  return (
    <table className="block w-full text-left @4xl:table">
      <caption className="sr-only">API keys of the organization, newest first</caption>
      <thead className="sr-only @4xl:not-sr-only @4xl:table-header-group">
        <tr className="border-b border-line text-xs text-muted">
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              className={`px-3 py-2 font-medium first:pl-5 last:pr-5 ${column === 'Actions' ? 'text-right' : ''}`}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-line @4xl:table-row-group">
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
      </tbody>
    </table>
  )
}
