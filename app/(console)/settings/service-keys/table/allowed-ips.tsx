import { Tip } from '@/components/ui/tip'

const firstOnes = 2

/** The ranges; of many the first ones, the others on hover and focus. */
export function AllowedIps({ ranges }: { ranges: string[] }) {
  if (ranges.length === 0) return <span className="text-muted">Any</span>
  const isLong = ranges.length > firstOnes + 1
  const shown = isLong ? ranges.slice(0, firstOnes) : ranges
  const hidden = ranges.slice(shown.length)
  return (
    <span className="font-mono text-xs leading-5">
      {shown.map((range) => (
        <Range key={range} range={range} />
      ))}
      {isLong && (
        <Tip
          more={
            <span className="block max-h-60 overflow-y-auto font-mono">
              {hidden.map((range) => (
                <Range key={range} range={range} />
              ))}
            </span>
          }
        >
          <span className="font-sans text-muted underline decoration-dotted underline-offset-4">
            + {hidden.length} more
          </span>
        </Tip>
      )}
    </span>
  )
}

/** Where it is too long for one line, the prefix stands in the next one. */
function Range({ range }: { range: string }) {
  const [address, prefix] = range.split('/')
  return (
    <span className="block [overflow-wrap:anywhere]">
      {address}
      <wbr />
      <span className="whitespace-nowrap">/{prefix}</span>
    </span>
  )
}
