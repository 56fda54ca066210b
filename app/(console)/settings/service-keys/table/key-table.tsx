import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import { type Column, Table } from '@/components/ui/table'
import type { ServiceKeyForm } from '@/lib/service-keys/form'
import type { SortColumn } from '@/lib/service-keys/sort'
import type { ServiceKeyPage } from '@/lib/service-keys/view'
import { type Act, hasMenu, hasSelection } from '../acts'
import { addressOf } from '../address'
import { sortedBy, toggled } from '../sorting'
import { KeyRow } from './key-row'
import { SelectPage } from './select-keys'

type Props = { form: ServiceKeyForm; page: ServiceKeyPage; acts: readonly Act[] }

export function KeyTable({ form, page, acts }: Props) {
  const sortable = (name: string, column: SortColumn, width: string): Column => ({
    name,
    className: width,
    head: <SortLink name={name} column={column} form={form} />,
    sorted: sortedBy(form.sort, column),
  })
  const columns: Column[] = [
    ...(hasSelection(acts) ? [{ name: 'Select', head: <SelectPage />, className: '@4xl:w-10 !pr-1' }] : []),
    sortable('Name', 'name', ''),
    { name: 'Service user', className: '@4xl:w-26' },
    { name: 'Access level', className: '@4xl:w-20' },
    { name: 'Allowed IPs', className: '@4xl:w-36' },
    { name: 'State', className: '@4xl:w-26' },
    sortable('Expires', 'expires', '@4xl:w-28'),
    sortable('Last used', 'lastUsed', '@4xl:w-26'),
    sortable('Created', 'created', '@4xl:w-26'),
    ...(hasMenu(acts)
      ? [{ name: 'Actions', head: <span className="sr-only">Actions</span>, className: '@4xl:w-12' }]
      : []),
  ]
  return (
    <Table caption="Service keys" columns={columns} isDense>
      {page.keys.map((key) => (
        <KeyRow key={key.id} keyShown={key} now={page.now} acts={acts} />
      ))}
    </Table>
  )
}

/** On cards the head is for screen readers only, and a link in it could not be seen; there the filters sort. */
function SortLink({ name, column, form }: { name: string; column: SortColumn; form: ServiceKeyForm }) {
  const sorted = sortedBy(form.sort, column)
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <>
      <span className="@4xl:hidden">{name}</span>
      <Link
        href={addressOf({ ...form, sort: toggled(form.sort, column) })}
        scroll={false}
        className={`group/sort hidden items-center gap-1 rounded hover:text-ink @4xl:inline-flex ${sorted ? 'text-ink' : ''}`}
      >
        {name}
        <Arrow
          aria-hidden
          className={`size-3 ${sorted ? '' : 'opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60'}`}
        />
      </Link>
    </>
  )
}
