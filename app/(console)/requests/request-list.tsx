import { Download } from 'lucide-react'
import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import type { ReadForm } from '@/lib/requests/form'
import type { LoggedKey } from '@/lib/requests/keys'
import type { RequestPage } from '@/lib/requests/search'
import { addressOf, queryOf } from './address'
import { NothingFound } from './nothing-found'
import { RequestTable } from './request-table'

type Props = { organizationId: string; question: ReadForm; page: RequestPage; keys: LoggedKey[] }

/** The page of calls that was asked for, with the way to the next one. */
export function RequestList({ organizationId, question: { form, after }, page, keys }: Props) {
  if (page.requests.length === 0 && after === null) {
    return <NothingFound organizationId={organizationId} form={form} keys={keys} />
  }
  return (
    <section className="@container rounded-xl border border-line bg-surface" aria-label="Calls">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-3 @4xl:px-5">
        <h2 className="text-base font-semibold">Calls</h2>
        <a
          href={`/api/console/requests/export?organization=${organizationId}&${queryOf(form)}`}
          download
          title="All calls that match, not only this page. Your browser shows the progress, and a download that ends early as failed."
          className={buttonLook('secondary')}
        >
          <Download aria-hidden className="size-4" />
          Export CSV
        </a>
      </div>
      <RequestTable requests={page.requests} keys={keys} />
      {page.requests.length === 0 && <p className="p-5 text-muted">There are no older calls.</p>}
      {(after !== null || page.nextCursor !== null) && (
        <nav aria-label="Pages" className="flex justify-end gap-2 border-t border-line px-4 py-3 @4xl:px-5">
          {after !== null && (
            <Link href={addressOf(form)} className={buttonLook('secondary')}>
              Newest
            </Link>
          )}
          {page.nextCursor !== null && (
            <Link href={addressOf(form, { cursor: page.nextCursor })} className={buttonLook('secondary')}>
              Older
            </Link>
          )}
        </nav>
      )}
    </section>
  )
}
