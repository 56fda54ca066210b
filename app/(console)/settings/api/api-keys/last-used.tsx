import { useId } from 'react'
import { Moment } from '@/components/ui/moment'

/** When, and from where on hover or focus. The API writes it in batches; the tooltip states how exact it is. */
export function LastUsed({ at, from }: { at: string | null; from: string | null }) {
  const id = useId()
  if (!at) return <span className="text-muted">Never</span>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must open for the keyboard too
    <span tabIndex={0} aria-describedby={id} className="group/tip relative rounded">
      <Moment at={at} />
      <span
        id={id}
        role="tooltip"
        className="pointer-events-none invisible absolute bottom-full left-0 z-10 mb-1 w-max max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-canvas opacity-0 group-hover/tip:visible group-hover/tip:opacity-100 group-focus-visible/tip:visible group-focus-visible/tip:opacity-100"
      >
        From {from}, exact within 10 s
      </span>
    </span>
  )
}
