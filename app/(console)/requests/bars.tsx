import { type CallCounts, sumOf } from '@/lib/requests/calls-per-hour'
import { outcomes } from '@/lib/requests/outcome'
import { BarName, BarTime } from './bar-time'
import { Patterns } from './patterns'

/** Where the bars end and the times below them begin, in pixels. */
const plotHeight = 160
const height = plotHeight + 24

/** Stacked bars. All across is in percent, so that texts and patterns keep their size at any width. */
export function Bars({ counts: { unit, bars }, label }: { counts: CallCounts; label: string }) {
  const top = roundUp(Math.max(1, ...bars.map(({ counts }) => sumOf(counts))))
  const width = 100 / bars.length
  const step = Math.ceil(bars.length / 6)
  return (
    <div className="mt-4 flex gap-2 text-xs">
      <Scale top={top} />
      <svg
        role="img"
        aria-label={label}
        width="100%"
        height={height}
        className="min-w-0 flex-1 overflow-visible"
      >
        <Patterns />
        {[0, 0.5, 1].map((share) => (
          <line
            key={share}
            x2="100%"
            y1={plotHeight * share}
            y2={plotHeight * share}
            className="stroke-line"
            shapeRendering="crispEdges"
          />
        ))}
        {bars.map(({ at, counts }, index) => (
          <g key={at}>
            <BarName at={at} unit={unit} counts={counts} />
            <rect
              x={`${index * width}%`}
              width={`${width}%`}
              height={plotHeight}
              className="fill-transparent"
            />
            {stacked(counts, top).map(({ outcome, y, height: high }) => (
              <rect
                key={outcome}
                x={`${index * width + width * 0.1}%`}
                y={y}
                width={`${width * 0.8}%`}
                height={high}
                fill={`url(#calls-${outcome})`}
              />
            ))}
            {index % step === 0 && (
              <text x={`${index * width}%`} y={height - 6} className="fill-muted">
                <BarTime at={at} unit={unit} />
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  )
}

/** How many calls the lines stand for. */
function Scale({ top }: { top: number }) {
  return (
    <div
      aria-hidden
      className="-my-2 flex h-44 shrink-0 flex-col justify-between text-right text-muted tabular-nums"
    >
      {[top, top / 2, 0].map((calls) => (
        <span key={calls} className="leading-4">
          {Number.isInteger(calls) && calls.toLocaleString('en-GB')}
        </span>
      ))}
    </div>
  )
}

/** From the ground up in the order of the legend; what is there at all is at least a pixel high. */
function stacked(counts: CallCounts['totals'], top: number) {
  let y = plotHeight
  return outcomes.flatMap((outcome) => {
    if (counts[outcome] === 0) return []
    const height = Math.max(1, (counts[outcome] / top) * plotHeight)
    y -= height
    return [{ outcome, y, height }]
  })
}

/** The next 1, 2, 5, 10, 20, 50 … */
function roundUp(count: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(count))
  return magnitude * ([1, 2, 5].find((step) => count <= step * magnitude) ?? 10)
}
