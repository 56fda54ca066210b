'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { OpenRequestView, OrganizationView } from '@/lib/support-desk/view'
import { DeclineDialog } from './decline-dialog'
import { LimitDialog } from './limit-dialog'
import { RequestCard } from './request-card'

/** Which dialog stands open; it keeps the request that it was opened for, whatever becomes of it meanwhile. */
type Open =
  | { dialog: 'change' }
  | { dialog: 'grant' | 'grant-less' | 'decline'; request: OpenRequestView }
  | null

type Props = { organization: OrganizationView; now: string; children: ReactNode }

/** What support can do for the organization; while a request is open, a change of the limit is its answer. */
export function Desk({ organization, now, children }: Props) {
  const [open, setOpen] = useState<Open>(null)
  const { request } = organization
  const close = () => setOpen(null)
  return (
    <>
      {request && (
        <RequestCard request={request} now={now}>
          <Button look="primary" onClick={() => setOpen({ dialog: 'grant', request })}>
            Grant
          </Button>
          <Button onClick={() => setOpen({ dialog: 'grant-less', request })}>Grant less</Button>
          <Button onClick={() => setOpen({ dialog: 'decline', request })}>Decline</Button>
        </RequestCard>
      )}
      <section aria-labelledby="limit" className="rounded-xl border border-line bg-surface p-4 sm:p-5">
        <h2 id="limit" className="mb-3 text-base font-semibold">
          Media limit
        </h2>
        {children}
        <div className="mt-5 flex flex-wrap items-center gap-3">
          <Button disabled={request !== null} onClick={() => setOpen({ dialog: 'change' })}>
            Change limit
          </Button>
          {request && <p className="text-muted">Answer the request first: that changes the limit too.</p>}
        </div>
      </section>
      {open?.dialog === 'change' && <LimitDialog organization={organization} answer={null} onClose={close} />}
      {(open?.dialog === 'grant' || open?.dialog === 'grant-less') && (
        <LimitDialog
          organization={organization}
          answer={{ request: open.request, inFull: open.dialog === 'grant' }}
          onClose={close}
        />
      )}
      {open?.dialog === 'decline' && (
        <DeclineDialog organization={organization} request={open.request} onClose={close} />
      )}
    </>
  )
}
