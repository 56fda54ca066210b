import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { sizeText } from '@/lib/media/sizes'
import type { WaitingRequest } from '@/lib/support-desk/list-open-requests'
import { ageText } from './age'

type Props = { requests: WaitingRequest[]; total: number; now: string }

/** What waits for an answer, longest first: each line leads to where it is answered. */
export function OpenRequests({ requests, total, now }: Props) {
  return (
    <section aria-labelledby="open-requests" className="rounded-xl border border-line bg-surface">
      <h2 id="open-requests" className="px-4 py-3.5 text-base font-semibold sm:px-5">
        Open requests {total > 0 && <span className="font-normal text-muted tabular-nums">{total}</span>}
      </h2>
      {requests.length === 0 ? (
        <p className="border-t border-line px-4 py-4 text-muted sm:px-5">No request is waiting.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {requests.map((request) => (
            <Waiting key={request.organizationId} request={request} now={now} />
          ))}
        </ul>
      )}
      {total > requests.length && (
        <p className="border-t border-line px-4 py-3 text-muted sm:px-5">
          These {requests.length} wait longest.{' '}
          <Link
            href="/support?requests=open"
            className="font-medium text-accent underline underline-offset-4"
          >
            Show all {total}
          </Link>
        </p>
      )}
    </section>
  )
}

function Waiting({ request, now }: { request: WaitingRequest; now: string }) {
  return (
    <li className="group relative grid gap-x-4 px-4 py-3 hover:bg-raised grid-cols-[1fr_auto] sm:grid-cols-[minmax(0,1fr)_10rem_6.5rem] sm:px-5">
      <Link
        href={`/support/${request.organizationId}`}
        className="col-span-2 line-clamp-2 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 sm:col-span-1"
      >
        {request.organizationName}
      </Link>
      <p className="flex items-center gap-1.5 tabular-nums sm:justify-end">
        <span className="text-muted">{sizeText(request.limit.bytes)}</span>
        <span className="sr-only">to</span>
        <ArrowRight aria-hidden className="size-3.5 text-muted" />
        <strong className="font-semibold">{sizeText(request.wantedBytes)}</strong>
      </p>
      <time dateTime={request.askedAt} className="text-right text-muted">
        {ageText(request.askedAt, now)}
      </time>
      <p className="col-span-2 line-clamp-1 text-muted [overflow-wrap:anywhere] sm:col-span-3">
        {request.reason}
      </p>
    </li>
  )
}
