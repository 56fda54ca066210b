import { type ReactNode, useId } from 'react'

/** What is said in more detail on hover and on focus, of something that is no button. */
export function Tip({ more, children }: { more: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must open for the keyboard too
    <span tabIndex={0} aria-describedby={id} className="group/tip relative rounded">
      {children}
      <span
        id={id}
        role="tooltip"
        className="invisible absolute bottom-full left-0 z-10 w-max max-w-72 pb-1 opacity-0 group-hover/tip:visible group-hover/tip:opacity-100 group-focus-visible/tip:visible group-focus-visible/tip:opacity-100"
      >
        <span className="block rounded-md bg-ink px-2 py-1 text-xs leading-5 whitespace-normal text-canvas [overflow-wrap:anywhere]">
          {more}
        </span>
      </span>
    </span>
  )
}
