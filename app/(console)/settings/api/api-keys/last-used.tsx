import { Moment } from '@/components/ui/moment'
import { Tip } from '@/components/ui/tip'

/** When, and from where on hover or focus. The API writes it in batches; the tooltip states how exact it is. */
export function LastUsed({ at, from }: { at: string | null; from: string | null }) {
  if (!at) return <span className="text-muted">Never</span>
  return (
    <Tip more={`From ${from}, exact within 10 s`}>
      <Moment at={at} />
    </Tip>
  )
}
