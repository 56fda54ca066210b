import type { Route } from 'next'
import Link from 'next/link'
import { type OrganizationSearch, parseSearch } from '@/lib/support-desk/inputs'
import { listOpenRequests } from '@/lib/support-desk/list-open-requests'
import { listOrganizations } from '@/lib/support-desk/list-organizations'
import { OpenRequests } from './open-requests'
import { OrganizationTable } from './organization-table'
import { SearchForm } from './search-form'
import { staffOnly, titleForStaff } from './staff-only'

export const generateMetadata = titleForStaff

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SupportPage({ searchParams }: Props) {
  await staffOnly()
  const now = new Date()
  const search = parseSearch(await searchParams)
  const isStart = !search.text && !search.onlyOpen && !search.after
  const [waiting, list] = await Promise.all([
    isStart ? listOpenRequests(now) : null,
    listOrganizations(search, now),
  ])
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Support</h1>
      <p className="mt-1 text-muted">Media limits of the organizations, and the requests for larger ones.</p>
      <div className="mt-6 space-y-4">
        {waiting && <OpenRequests {...waiting} now={now.toISOString()} />}
        <section
          aria-labelledby="organizations"
          className="@container rounded-xl border border-line bg-surface"
        >
          <h2 id="organizations" className="px-4 pt-3.5 text-base font-semibold sm:px-5">
            Organizations
          </h2>
          <SearchForm search={search} />
          <div className="border-t border-line">
            {list.organizations.length > 0 ? (
              <OrganizationTable rows={list.organizations} now={now.toISOString()} />
            ) : (
              <Nothing search={search} />
            )}
          </div>
          <Pages search={search} next={list.next} />
        </section>
      </div>
    </>
  )
}

function Nothing({ search }: { search: OrganizationSearch }) {
  const words = search.text
    ? `No organization${search.onlyOpen ? ' with an open request' : ''} has “${search.text}” in its name or as its id.`
    : search.onlyOpen
      ? 'No request is waiting.'
      : search.after
        ? 'There is nothing after this.'
        : 'There is no organization yet.'
  return (
    <div className="px-4 py-8 text-center text-muted [overflow-wrap:anywhere] sm:px-5">
      <p>{words}</p>
      {(search.text || search.onlyOpen || search.after) && (
        <Link href="/support" className="font-medium text-accent underline underline-offset-4">
          Show all organizations
        </Link>
      )}
    </div>
  )
}

function Pages({ search, next }: { search: OrganizationSearch; next: string | null }) {
  if (!next && !search.after) return null
  return (
    <nav aria-label="Pages" className="flex justify-end gap-5 border-t border-line px-4 py-3 sm:px-5">
      {search.after && <PageLink search={{ ...search, after: null }}>First page</PageLink>}
      {next && <PageLink search={{ ...search, after: next }}>Next page</PageLink>}
    </nav>
  )
}

function PageLink({ search, children }: { search: OrganizationSearch; children: string }) {
  const query = new URLSearchParams({
    ...(search.text ? { q: search.text } : {}),
    ...(search.onlyOpen ? { requests: 'open' } : {}),
    ...(search.after ? { after: search.after } : {}),
  })
  return (
    <Link
      href={`/support?${query}` as Route}
      className="font-medium text-accent underline underline-offset-4"
    >
      {children}
    </Link>
  )
}
