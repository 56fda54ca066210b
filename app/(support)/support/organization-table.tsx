import { Hourglass } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import { Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { grouped, sizeText } from '@/lib/media/sizes'
import type { ListedOrganization } from '@/lib/support-desk/view'
import { ageText } from './age'
import { LimitText } from './limit-text'

const columns = ['Organization', 'Limit', 'In use', 'Request', 'Last changed'].map((name) => ({ name }))

/** By name. */
export function OrganizationTable({ rows, now }: { rows: ListedOrganization[]; now: string }) {
  return (
    <Table caption="Organizations and their media limits, by name" columns={columns}>
      {rows.map((row) => (
        <OrganizationRow key={row.id} row={row} now={now} />
      ))}
    </Table>
  )
}

function OrganizationRow({ row, now }: { row: ListedOrganization; now: string }) {
  return (
    <Row className="tabular-nums">
      <HeadCell className="@4xl:max-w-96">
        <Link
          href={`/support/${row.id}`}
          className="line-clamp-2 font-medium text-accent [overflow-wrap:anywhere] hover:underline hover:underline-offset-4"
        >
          {row.name}
        </Link>
        <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">{row.id}</code>
      </HeadCell>
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
    </Row>
  )
}
