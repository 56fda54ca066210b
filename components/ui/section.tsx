import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** An expandable section of a settings page; native, so that it works before any script has loaded. */
export function Section({
  title,
  hint,
  open = false,
  children,
}: {
  title: string
  hint: string
  open?: boolean
  children: ReactNode
}) {
  return (
    <details open={open} className="group/section rounded-xl border border-line bg-surface">
      <summary className="flex items-center gap-3 rounded-xl px-4 py-3.5 sm:px-5">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted transition-transform group-open/section:rotate-90"
        />
        <span>
          <h2 className="text-base font-semibold">{title}</h2>
          <span className="text-muted">{hint}</span>
        </span>
      </summary>
      <div className="@container border-t border-line">{children}</div>
    </details>
  )
}
