import type { Metadata } from 'next'
import { RefreshOnReturn } from '@/components/ui/refresh-on-return'
import { currentSession, requestSource } from '@/lib/auth/current'
import { can, type Role } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { type ReadServiceKeyForm, readServiceKeyForm } from '@/lib/service-keys/form'
import { pageOfServiceKeys, usualPage } from '@/lib/service-keys/page'
import { findServiceUserName } from '@/lib/service-keys/search-service-users'
import { actsOf } from './acts'
import { queryOf } from './address'
import { GenerateButton } from './generate-button'
import { KeyList } from './key-list'
import { NoKeys } from './no-keys'
import { NotForYou } from './not-for-you'
import { WorkbenchProvider } from './workbench'

export const metadata: Metadata = { title: 'Service keys' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ServiceKeysPage({ searchParams }: Props) {
  const session = await currentSession()
  const membership = session && shownMembership(session)
  const isAllowed = membership && can(membership.role, 'service-keys:read')
  if (!isAllowed) {
    return (
      <>
        <h1 className="text-2xl font-semibold tracking-tight">Service keys</h1>
        <NotForYou organizationName={membership?.organizationName ?? null} />
      </>
    )
  }
  const question = readServiceKeyForm(parametersOf(await searchParams))
  return <Keys {...membership} question={question} />
}

type Shown = { organizationId: string; role: Role; question: ReadServiceKeyForm }

async function Keys({ organizationId, role, question }: Shown) {
  const { form, problems, filter, sort, after } = question
  const isAsked = Object.keys(problems).length === 0
  const now = new Date()
  const [page, serviceUserName, source] = await Promise.all([
    isAsked ? pageOfServiceKeys(organizationId, filter, { sort, after, limit: usualPage }, now) : null,
    filter.serviceUserId ? findServiceUserName(organizationId, filter.serviceUserId) : null,
    requestSource(),
  ])
  const acts = actsOf(role)
  const isBare = queryOf({ ...form, sort: '' }) === '' && after === null && page?.keys.length === 0
  return (
    <WorkbenchProvider
      organizationId={organizationId}
      page={page ?? { keys: [], now: now.toISOString() }}
      apiUrl={env().API_URL}
      ownAddress={source.address}
      acts={acts}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">Service keys</h1>
          <p className="mt-1 text-muted">
            Keys of your own programs, each with its access level, its addresses and its end.
          </p>
        </div>
        {acts.includes('generate') && <GenerateButton />}
      </div>
      <div className="mt-6">
        {isBare ? (
          <NoKeys />
        ) : (
          <KeyList
            organizationId={organizationId}
            question={question}
            page={page}
            serviceUserName={serviceUserName}
            acts={acts}
          />
        )}
      </div>
      <RefreshOnReturn />
    </WorkbenchProvider>
  )
}

/** Of a parameter that is there twice, the first counts. */
function parametersOf(given: Record<string, string | string[] | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(given).map(([name, value]) => [name, [value ?? ''].flat()[0] ?? '']),
  )
}
