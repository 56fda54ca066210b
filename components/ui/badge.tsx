import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const tones = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  neutral: 'bg-raised text-muted',
}

/** A state in a word and an icon; the color only repeats them. */
export function Badge({
  tone,
  icon: Icon,
  children,
}: {
  tone: keyof typeof tones
  icon: LucideIcon
  children: ReactNode
}) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 text-xs leading-5 font-medium whitespace-nowrap ${tones[tone]}`}
    >
      <Icon aria-hidden className="size-3" />
      {children}
    </span>
  )
}
