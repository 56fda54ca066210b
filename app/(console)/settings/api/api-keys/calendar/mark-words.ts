/** What the marks of the calendar stand for. */
import type { LaneMark } from './lanes'
import type { Line } from './months'

const words = {
  replacement: { legend: 'Key replaced', one: 'Key replaced', many: 'keys replaced' },
  end: { legend: 'Old key ends', one: 'Old key ends', many: 'old keys end' },
  review: { legend: 'Review', one: 'Review', many: 'reviews' },
  'service-keys': {
    legend: 'Service keys expire',
    one: 'Service key expires',
    many: 'service keys expire',
  },
}

export type MarkKind = keyof typeof words

export const markKinds = ['replacement', 'end', 'review', 'service-keys'] as const satisfies MarkKind[]

export function markKindOf({ kind }: Line): MarkKind {
  return kind === 'replacements' ? 'replacement' : kind
}

export function legendText(kind: MarkKind): string {
  return words[kind].legend
}

/** Such as `4 keys replaced, 3 Dec 2026 to 27 Dec 2026, planned`, by the reader's days. */
export function markText(
  kind: MarkKind,
  { count, first, last, isPlanned }: LaneMark,
  timeZone: string,
): string {
  const { one, many } = words[kind]
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone })
  const days = [...new Set([first, last].map((at) => day.format(at)))].join(' to ')
  const what = count === 1 ? one : `${count.toLocaleString('en-GB')} ${many}`
  return `${what}, ${days}${isPlanned ? ', planned' : ''}`
}
