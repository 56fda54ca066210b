import type { ReactNode } from 'react'

export type Column = {
  name: string
  /** What the head shows in place of the name, such as a link that sorts. */
  head?: ReactNode
  sorted?: 'ascending' | 'descending' | undefined
  className?: string
}

type Props = {
  caption: string
  columns: readonly Column[]
  /** The columns have widths of their own, and little room between them. */
  isDense?: boolean
  children: ReactNode
}

/**
 * Rows to look through. In a narrow `@container` each row stands as a card, and the head stays for screen readers.
 */
export function Table({ caption, columns, isDense = false, children }: Props) {
  return (
    <table
      data-dense={isDense || undefined}
      className={`group/table block w-full text-left @4xl:table ${isDense ? '@4xl:table-fixed' : ''}`}
    >
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only @4xl:not-sr-only @4xl:table-header-group">
        <tr className="border-b border-line text-xs text-muted">
          {columns.map(({ name, head, sorted, className = '' }) => (
            <th
              key={name}
              scope="col"
              aria-sort={sorted}
              className={`px-3 py-2 font-medium group-data-dense/table:px-2 first:pl-5 last:pr-5 ${className}`}
            >
              {head ?? name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-line @4xl:table-row-group">{children}</tbody>
    </table>
  )
}

export function Row({
  id,
  className = '',
  children,
}: {
  id?: string
  className?: string
  children: ReactNode
}) {
  return (
    <tr id={id} className={`block px-4 py-3 align-top @4xl:table-row @4xl:px-0 ${className}`}>
      {children}
    </tr>
  )
}

const cellLook =
  '@4xl:table-cell @4xl:px-3 @4xl:py-2.5 @4xl:group-data-dense/table:px-2 @4xl:first:pl-5 @4xl:last:pr-5'

/** A value with its label, which the head says where there is room for one. */
export function Cell({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    <td className={`grid grid-cols-[6.5rem_1fr] py-0.5 ${cellLook} ${className}`}>
      <span aria-hidden className="text-muted @4xl:hidden">
        {label}
      </span>
      <span className="min-w-0">{children}</span>
    </td>
  )
}

/** What the row is about. */
export function HeadCell({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="row" className={`block pb-1 font-normal ${cellLook} ${className}`}>
      {children}
    </th>
  )
}

/** What can be done with the row. */
export function ActionCell({ className = '', children }: { className?: string; children: ReactNode }) {
  return <td className={`block pt-2 ${cellLook} ${className}`}>{children}</td>
}
