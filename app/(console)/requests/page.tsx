import type { Metadata } from 'next'
import { Suspense } from 'react'
import { currentSession } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { type ReadForm, readForm } from '@/lib/requests/form'
import { usualPage } from '@/lib/requests/inputs'
import { listLoggedKeys } from '@/lib/requests/keys'
import { searchRequests } from '@/lib/requests/search'
import { addressOf } from './address'
import { CallsChart, CallsPending } from './calls-chart'
import { FilterForm } from './filter-form'
import { NoSuchPage } from './no-such-page'
import { NotForYou } from './not-for-you'
import { RequestList } from './request-list'
import { orTooSlow, TooSlow } from './too-slow'

export const metadata: Metadata = { title: 'Requests' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function RequestsPage({ searchParams }: Props) {
  const session = await currentSession()
  const membership = session && shownMembership(session)
  const isAllowed = membership && can(membership.role, 'requests:read')
  const now = new Date()
  const question = readForm(parametersOf(await searchParams), now)
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Requests</h1>
      {isAllowed ? (
        <Requests organizationId={membership.organizationId} question={question} now={now} />
      ) : (
        <NotForYou organizationName={membership?.organizationName ?? null} />
      )}
    </>
  )
}

type Shown = { organizationId: string; question: ReadForm; now: Date }

async function Requests({ organizationId, question, now }: Shown) {
  const { form, problems, filter } = question
  const isAsked = Object.keys(problems).length === 0
  // The list first: counting reads every call of the time, and must not take its turn.
  const page = isAsked ? await findPage(organizationId, question) : null
  const calls = page === null || page === 'too-slow' ? [] : page.requests
  const { keys, choices } = await listLoggedKeys(organizationId, calls, form.keyId)
  const hasCalls = page !== null && (page === 'too-slow' || page.requests.length > 0)
  return (
    <>
      <p className="mt-1 text-muted">
        {env().REQUEST_LOG === 'on'
          ? 'Every call of the API, newest first. Calls appear within 2 seconds.'
          : 'Calls of the API, newest first. The log is switched off here (REQUEST_LOG): new calls are not kept.'}
      </p>
      <div className="mt-6 space-y-4">
        <FilterForm form={form} problems={problems} keys={choices} />
        {problems.cursor && <NoSuchPage form={form} />}
        {hasCalls && (
          // A new question shows that it is being counted, instead of the numbers of the one before.
          <Suspense key={addressOf(form)} fallback={<CallsPending />}>
            <CallsChart organizationId={organizationId} filter={filter} now={now} />
          </Suspense>
        )}
        {page === 'too-slow' && <TooSlow />}
        {page && page !== 'too-slow' && (
          <RequestList organizationId={organizationId} question={question} page={page} keys={keys} />
        )}
      </div>
    </>
  )
}

function findPage(organizationId: string, { filter, after }: ReadForm) {
  return orTooSlow(searchRequests(organizationId, filter, { after, limit: usualPage }))
}

/** Of a parameter that is there twice, the first counts. */
function parametersOf(given: Record<string, string | string[] | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(given).map(([name, value]) => [name, [value ?? ''].flat()[0] ?? '']),
  )
}
