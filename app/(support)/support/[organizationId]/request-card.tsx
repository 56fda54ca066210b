import type { ReactNode } from 'react'
import { Moment } from '@/components/ui/moment'
import { base64SizeText, exactSizeText } from '@/lib/media/sizes'
import type { OpenRequestView } from '@/lib/support-desk/view'
import { ageText } from '../age'

type Props = { request: OpenRequestView; now: string; children: ReactNode }

export function RequestCard({ request, now, children }: Props) {
  return (
    <section aria-labelledby="request" className="rounded-xl border border-accent bg-surface p-4 sm:p-5">
      <h2 id="request" className="text-base font-semibold">
        Asks for {exactSizeText(request.wantedBytes)}
      </h2>
      <p className="text-muted">{base64SizeText(request.wantedBytes)}</p>
      <blockquote className="my-3 border-l-2 border-line-strong pl-3 whitespace-pre-line [overflow-wrap:anywhere]">
        {request.reason}
      </blockquote>
      <p className="text-muted [overflow-wrap:anywhere]">
        {request.askedBy}, <Moment at={request.askedAt} /> ({ageText(request.askedAt, now)})
      </p>
      <div className="mt-4 flex flex-wrap gap-2">{children}</div>
    </section>
  )
}
