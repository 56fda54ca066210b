import { Hourglass } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import type { OpenLimitRequest } from '@/lib/media/media-view'
import { base64SizeText, exactSizeText } from '@/lib/media/sizes'

export function OpenRequest({ request }: { request: OpenLimitRequest }) {
  return (
    <section
      aria-label="Request for a larger limit"
      className="mt-4 rounded-lg border border-line bg-raised p-3.5"
    >
      <Badge tone="warn" icon={Hourglass}>
        Waiting for support
      </Badge>
      <p className="mt-1.5">
        <strong className="font-semibold">{exactSizeText(request.wantedBytes)}</strong> wanted,{' '}
        {base64SizeText(request.wantedBytes)}
      </p>
      <p className="break-words whitespace-pre-line">{request.reason}</p>
      <p className="text-muted">
        Asked for by {request.createdBy}, <Moment at={request.createdAt} />. All admins are told the answer,
        by mail and under Notifications.
      </p>
    </section>
  )
}
