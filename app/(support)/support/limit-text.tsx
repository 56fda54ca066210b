import { Moment } from '@/components/ui/moment'
import { sizeText } from '@/lib/media/sizes'
import type { LimitView } from '@/lib/support-desk/view'

/** A limit as the lists show it: the size, and below it until when. */
export function LimitText({ limit }: { limit: LimitView }) {
  return (
    <>
      {sizeText(limit.bytes)}
      {limit.endsAt && (
        <span className="block text-muted">
          until <Moment at={limit.endsAt} form="date" />, then {sizeText(limit.afterwardsBytes)}
        </span>
      )}
    </>
  )
}
