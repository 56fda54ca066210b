import { CalendarClock, KeyRound, type LucideIcon, RefreshCw, Unplug } from 'lucide-react'
import type { Line } from './months'

type Look = { icon: LucideIcon; shape: string; name: string }

/** Each kind by its own icon in its own shape; the color only repeats them. */
const looks = {
  replacement: { icon: RefreshCw, shape: 'rounded-full bg-accent-soft text-accent', name: 'Key replaced' },
  end: { icon: Unplug, shape: 'rounded-sm bg-bad-soft text-bad', name: 'Old key ends' },
  review: { icon: CalendarClock, shape: 'rounded-t-full bg-warn-soft text-warn', name: 'Review' },
  'service-keys': { icon: KeyRound, shape: 'rounded-md bg-raised text-muted', name: 'Service keys expire' },
} satisfies Record<string, Look>

export type MarkKind = keyof typeof looks

export const markKinds = ['replacement', 'end', 'review', 'service-keys'] as const satisfies MarkKind[]

export function markKindOf({ kind }: Line): MarkKind {
  return kind === 'replacements' ? 'replacement' : kind
}

export function markName(kind: MarkKind): string {
  return looks[kind].name
}

type Props = { kind: MarkKind; count?: number | undefined; isPlanned?: boolean }

/** `count` stands beside the icon where it is about several; what is only planned is dashed. */
export function Mark({ kind, count, isPlanned = false }: Props) {
  const { icon: Icon, shape } = looks[kind]
  return (
    <span
      aria-hidden
      className={`inline-flex h-5 min-w-5 shrink-0 items-center justify-center gap-1 border text-xs leading-none tabular-nums ${shape} ${isPlanned ? 'border-current border-dashed' : 'border-transparent'} ${count === undefined ? '' : 'px-1.5'}`}
    >
      <Icon className="size-3" />
      {count?.toLocaleString('en-GB')}
    </span>
  )
}

/** Whether it is about a key that is still to be made. */
export function isPlanned(line: Line): boolean {
  return line.kind === 'replacements' || ('key' in line && 'madeAt' in line.key)
}
