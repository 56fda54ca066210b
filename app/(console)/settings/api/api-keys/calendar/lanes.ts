/** Where the marks of the strip stand: each in the month of what it stands for, and none over another. Pure. */
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import type { Axis } from './axis'
import { isPlanned } from './months'

export type LaneMark = {
  /** Of its middle. */
  share: number
  /** What it stands for happens from `first` to `last`, `count` times. */
  first: Date
  last: Date
  count: number
  isPlanned: boolean
}

type AxisMonth = Axis['months'][number]

/**
 * What fits side by side into its month stands there alone, each mark over its moment; where more happens, one mark
 * counts it.
 * @param events of one kind, in the order in which they come
 * @param slots how many marks without a number fit into the whole strip; one with a number is twice as wide
 */
export function marksOf(
  events: readonly CalendarEvent[],
  { shareOf, months }: Axis,
  slots: number,
): LaneMark[] {
  const width = 1 / slots
  return months.flatMap((month) => {
    const marks = events
      .map((event) => markOf(event, shareOf(event.at)))
      .filter(({ share }) => share >= month.from && share < month.to)
    const alone = apart(marks, month, width)
    const fit = marks.every(
      ({ count, share }, index) => count === 1 && Math.abs(share - (alone[index]?.share ?? 0)) <= width / 2,
    )
    return fit && marks.length * width <= month.to - month.from ? alone : together(marks, month, width)
  })
}

function markOf(event: CalendarEvent, share: number): LaneMark {
  const [last, count] = event.kind === 'service-keys' ? [event.last, event.count] : [event.at, 1]
  return { share, first: event.at, last, count, isPlanned: isPlanned(event) }
}

/** In their order, moved no further than it takes to keep clear of one another and of the neighbouring months. */
function apart(marks: readonly LaneMark[], { from, to }: AxisMonth, width: number): LaneMark[] {
  let free = from
  const pushed = marks.map(({ share }) => {
    const placed = Math.max(share, free + width / 2)
    free = placed + width / 2
    return placed
  })
  let end = to
  const kept = pushed.toReversed().map((share) => {
    const placed = Math.min(share, end - width / 2)
    end = placed - width / 2
    return placed
  })
  return marks.map((mark, index) => ({ ...mark, share: kept.toReversed()[index] ?? mark.share }))
}

function together(marks: readonly LaneMark[], { from, to }: AxisMonth, width: number): LaneMark[] {
  const [first, last] = [marks[0], marks.at(-1)]
  if (!first || !last) return []
  const half = Math.min(width, (to - from) / 2)
  return [
    {
      share: Math.min(to - half, Math.max(from + half, (first.share + last.share) / 2)),
      first: first.first,
      last: last.last,
      count: marks.reduce((sum, { count }) => sum + count, 0),
      isPlanned: marks.every((mark) => mark.isPlanned),
    },
  ]
}
