import { Hourglass } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import type { MediaView } from '@/lib/media/media-view'
import { base64SizeText, exactSizeText, grouped } from '@/lib/media/sizes'

type Props = { view: MediaView; limitBytes: number; now: number }

export function LimitFacts({ view, limitBytes, now }: Props) {
  const endsAt = view.limit.temporaryMediaLimitEndsAt
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[10rem_1fr] sm:gap-y-3">
      <dt className="text-muted">Limit for one file</dt>
      <dd className="mb-2 sm:mb-0">
        <span className="font-medium">{exactSizeText(limitBytes)}</span>
        <span className="block">{base64SizeText(limitBytes)}</span>
        {endsAt !== null && now < endsAt && (
          <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge tone="warn" icon={Hourglass}>
              Temporary
            </Badge>
            <span>
              until <Moment at={new Date(endsAt).toISOString()} form="zoned" />, then{' '}
              {exactSizeText(view.limit.mediaLimitBytes)}
            </span>
          </span>
        )}
        <span className="mt-1 block text-muted">
          The API counts the decoded file. In the JSON body it stands as Base64, which is a third longer.
        </span>
      </dd>
      <dt className="text-muted">In use</dt>
      <dd>
        {view.files === 0
          ? 'No files yet'
          : `${view.files === 1 ? '1 file' : `${grouped(view.files)} files`}, ${exactSizeText(view.totalBytes)}`}
      </dd>
    </dl>
  )
}
