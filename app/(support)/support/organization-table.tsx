import { Hourglass } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import { grouped, sizeText } from '@/lib/media/sizes'
import type { ListedOrganization } from '@/lib/support-desk/view'
import { ageText } from './age'
import { LimitText } from './limit-text'

const columns = ['Organization', 'Limit', 'In use', 'Request', 'Last changed']

/** By name. On narrow screens each row stands as a card, and the head stays for screen readers. */
export function OrganizationTable({ rows, now }: { rows: ListedOrganization[]; now: string }) {
  return (
    <table className="block w-full text-left @4xl:table">
      <caption className="sr-only">Organizations and their media limits, by name</caption>
      <thead className="sr-only @4xl:not-sr-only @4xl:table-header-group">
        <tr className="border-b border-line text-xs text-muted">
          {columns.map((column) => (
            <th key={column} scope="col" className="px-3 py-2 font-medium first:pl-5 last:pr-5">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-line @4xl:table-row-group">
        {rows.map((row) => (
          <Row key={row.id} row={row} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row, now }: { row: ListedOrganization; now: string }) {
  return (
    <tr className="block px-4 py-3 align-top @4xl:table-row @4xl:px-0">
      <th
        scope="row"
        className="block pb-1 font-normal @4xl:table-cell @4xl:max-w-96 @4xl:px-3 @4xl:py-2.5 @4xl:pl-5"
      >
        <Link
          href={`/support/${row.id}`}
          className="line-clamp-2 font-medium text-accent [overflow-wrap:anywhere] hover:underline hover:underline-offset-4"
        >
          {row.name}
        </Link>
        <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">{row.id}</code>
      </th>
      <Cell label="Limit">
        <LimitText limit={row.limit} />
      </Cell>
      <Cell label="In use">
        {row.usage.files === 0 ? (
          <span className="text-muted">Nothing</span>
        ) : (
          <>
            {sizeText(row.usage.bytes)}
            <span className="block text-muted">
              {grouped(row.usage.files)} {row.usage.files === 1 ? 'file' : 'files'}
            </span>
          </>
        )}
      </Cell>
      <Cell label="Request">
        {row.request ? (
          <>
            <Badge tone="warn" icon={Hourglass}>
              {sizeText(row.request.wantedBytes)}
            </Badge>
            <span className="block text-muted">{ageText(row.request.askedAt, now)}</span>
          </>
        ) : (
          <span className="text-muted">None</span>
        )}
      </Cell>
      <Cell label="Last changed">
        {row.changedAt ? (
          <Moment at={row.changedAt} form="date" />
        ) : (
          <span className="text-muted">Never</span>
        )}
      </Cell>
    </tr>
  )
}

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="grid grid-cols-[6.5rem_1fr] py-0.5 tabular-nums @4xl:table-cell @4xl:px-3 @4xl:py-2.5 @4xl:last:pr-5">
      <span aria-hidden className="text-muted @4xl:hidden">
        {label}
      </span>
      <span>{children}</span>
    </td>
  )
}
