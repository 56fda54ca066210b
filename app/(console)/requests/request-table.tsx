import type { LoggedKey } from '@/lib/requests/keys'
import type { RequestView } from '@/lib/requests/view'
import { RequestRow } from './request-row'

const columns = ['Time', 'Outcome', 'Call', 'Key', 'Address', 'Duration', 'Request IDs']

/** On narrow screens each call stands as a card, and the head stays for screen readers. */
export function RequestTable({ requests, keys }: { requests: RequestView[]; keys: LoggedKey[] }) {
  const masked = new Map(keys.map((key) => [key.id, key.masked]))
  return (
    <table className="block w-full text-left @4xl:table @4xl:table-fixed">
      <caption className="sr-only">Calls of the API, newest first</caption>
      <thead className="sr-only @4xl:not-sr-only @4xl:table-header-group">
        <tr className="border-b border-line text-xs text-muted">
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              className={`px-2 py-2 font-medium first:pl-5 last:pr-5 ${widths[column] ?? ''} ${column === 'Duration' ? 'text-right' : ''}`}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-line @4xl:table-row-group">
        {requests.map((request) => (
          <RequestRow
            key={request.id}
            request={request}
            masked={request.keyId === null ? null : (masked.get(request.keyId) ?? null)}
          />
        ))}
      </tbody>
    </table>
  )
}

const widths: Record<string, string> = {
  Time: '@4xl:w-32',
  Outcome: '@4xl:w-32',
  Key: '@4xl:w-34',
  Address: '@4xl:w-30',
  Duration: '@4xl:w-20',
  'Request IDs': '@4xl:w-56',
}
