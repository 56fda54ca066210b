import { type Column, Table } from '@/components/ui/table'
import type { LoggedKey } from '@/lib/requests/keys'
import type { RequestView } from '@/lib/requests/view'
import { RequestRow } from './request-row'

const columns: Column[] = [
  { name: 'Time', className: '@4xl:w-32' },
  { name: 'Outcome', className: '@4xl:w-32' },
  { name: 'Call' },
  { name: 'Key', className: '@4xl:w-34' },
  { name: 'Address', className: '@4xl:w-30' },
  { name: 'Duration', className: 'text-right @4xl:w-20' },
  { name: 'Request IDs', className: '@4xl:w-56' },
]

export function RequestTable({ requests, keys }: { requests: RequestView[]; keys: LoggedKey[] }) {
  const keysById = new Map(keys.map((key) => [key.id, key]))
  return (
    <Table caption="Calls of the API, newest first" columns={columns} isDense>
      {requests.map((request) => (
        <RequestRow
          key={request.id}
          request={request}
          loggedKey={request.keyId === null ? null : (keysById.get(request.keyId) ?? null)}
        />
      ))}
    </Table>
  )
}
