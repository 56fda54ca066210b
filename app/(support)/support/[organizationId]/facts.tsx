import { Moment } from '@/components/ui/moment'
import { base64SizeText, exactSizeText, grouped, sizeText } from '@/lib/media/sizes'
import type { LimitView, UsageView } from '@/lib/support-desk/view'

export function Facts({ limit, usage }: { limit: LimitView; usage: UsageView }) {
  return (
    <dl className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
      <div>
        <dt className="text-muted">Limit for one file</dt>
        <dd>
          <strong className="text-base font-semibold">{exactSizeText(limit.bytes)}</strong>
          <span className="block text-muted">{base64SizeText(limit.bytes)}</span>
          {limit.endsAt && (
            <span className="mt-1 block">
              Until <Moment at={limit.endsAt} form="zoned" />, then {exactSizeText(limit.afterwardsBytes)}{' '}
              again
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt className="text-muted">In use</dt>
        <dd>
          <strong className="text-base font-semibold">{sizeText(usage.bytes)}</strong>
          <span className="block text-muted">
            {usage.files === 0
              ? 'No files yet'
              : `${grouped(usage.files)} ${usage.files === 1 ? 'file' : 'files'}, ${grouped(usage.bytes)} bytes`}
          </span>
        </dd>
      </div>
    </dl>
  )
}
