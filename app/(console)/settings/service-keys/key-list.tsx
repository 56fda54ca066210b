import { Download } from 'lucide-react'
import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import type { ReadServiceKeyForm } from '@/lib/service-keys/form'
import type { ServiceKeyPage } from '@/lib/service-keys/view'
import { type Act, hasSelection } from './acts'
import { addressOf, queryOf } from './address'
import { FilterForm } from './filters/filter-form'
import { NothingFound } from './nothing-found'
import { OneKey } from './one-key'
import { BulkBar } from './table/bulk-bar'
import { KeyTable } from './table/key-table'

type Props = {
  organizationId: string
  question: ReadServiceKeyForm
  /** Null where the address asks for something that there is not. */
  page: ServiceKeyPage | null
  serviceUserName: string | null
  acts: readonly Act[]
}

/** The filters, the page of keys that was asked for, and the way to the next one. */
export function KeyList({ organizationId, question, page, serviceUserName, acts }: Props) {
  const { form, after } = question
  return (
    <section className="@container rounded-xl border border-line bg-surface" aria-label="Keys">
      <FilterForm organizationId={organizationId} form={form} serviceUserName={serviceUserName} />
      {hasSelection(acts) && <BulkBar />}
      {form.keyId !== '' && page?.keys[0] && <OneKey name={page.keys[0].name} sort={form.sort} />}
      {page && page.keys.length > 0 ? (
        <KeyTable form={form} page={page} acts={acts} />
      ) : (
        <NothingFound question={question} />
      )}
      <footer className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-3 @4xl:px-5">
        <a
          href={`/api/console/service-keys/export?organization=${organizationId}&${queryOf(form)}`}
          download
          title="All keys that match, not only this page."
          className={buttonLook('secondary')}
        >
          <Download aria-hidden className="size-4" />
          Export CSV
        </a>
        {(after !== null || page?.nextCursor) && (
          <nav aria-label="Pages" className="flex gap-2">
            {after !== null && (
              <Link href={addressOf(form)} className={buttonLook('secondary')}>
                First page
              </Link>
            )}
            {page?.nextCursor && (
              <Link href={addressOf(form, { cursor: page.nextCursor })} className={buttonLook('secondary')}>
                Next page
              </Link>
            )}
          </nav>
        )}
      </footer>
    </section>
  )
}
