import { type ReactNode, useId } from 'react'

type Props = {
  more: ReactNode
  /** From which of its edges on the text is laid, where there is room for columns. */
  from?: 'left' | 'right'
  children: ReactNode
}

/** What is said in more detail on hover and on focus, of something that is no button. */
export function Tip({ more, from = 'left', children }: Props) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must open for the keyboard too
    <span tabIndex={0} aria-describedby={id} className="group/tip relative rounded">
      {children}
      <span
        id={id}
        role="tooltip"
        className={`absolute bottom-full left-0 z-10 hidden w-max max-w-60 pb-1 font-sans group-hover/tip:block group-focus-visible/tip:block @4xl:max-w-72 ${from === 'right' ? '@4xl:right-0 @4xl:left-auto' : ''}`}
      >
        <span className="block rounded-md bg-ink px-2 py-1 text-xs leading-5 font-normal whitespace-normal text-canvas [overflow-wrap:anywhere]">
          {more}
        </span>
      </span>
    </span>
  )
}
