import { CalendarClock, KeyRound, type LucideIcon, RefreshCw, Unplug } from 'lucide-react'
import type { MarkKind } from './mark-words'

type Look = { icon: LucideIcon; shape: string }

/** Each kind by its own icon in its own shape; the color only repeats them. */
const looks: Record<MarkKind, Look> = {
  replacement: { icon: RefreshCw, shape: 'rounded-full bg-accent-soft text-accent' },
  end: { icon: Unplug, shape: 'rounded-sm bg-bad-soft text-bad' },
  review: { icon: CalendarClock, shape: 'rounded-t-full bg-warn-soft text-warn' },
  'service-keys': { icon: KeyRound, shape: 'rounded-md bg-raised text-muted' },
}

type Props = { kind: MarkKind; count?: number; isPlanned?: boolean }

/** How often it happens stands beside the icon where that is more than once; what is only planned is dashed. */
export function Mark({ kind, count = 1, isPlanned = false }: Props) {
  const { icon: Icon, shape } = looks[kind]
  return (
    <span
      aria-hidden
      className={`inline-flex h-5 min-w-5 shrink-0 items-center justify-center gap-1 border text-xs leading-none tabular-nums ${shape} ${isPlanned ? 'border-current border-dashed' : 'border-transparent'} ${count === 1 ? '' : 'px-1.5'}`}
    >
      <Icon className="size-3" />
      {count > 1 && `${count.toLocaleString('en-GB')}×`}
    </span>
  )
}
