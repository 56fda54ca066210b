import { TriangleAlert } from 'lucide-react'
import { type Meanwhile, meanwhileWords } from './words'

/** Says what somebody else did while the form stood open; what was typed stays, and the person decides. */
export function MeanwhileNotice({ meanwhile }: { meanwhile: Meanwhile | null }) {
  return (
    <div role="alert" className="mt-4 flex gap-2.5 rounded-lg bg-warn-soft p-3 text-warn empty:hidden">
      {meanwhile && (
        <>
          <TriangleAlert aria-hidden className="mt-1 size-3.5 shrink-0" />
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <p>{meanwhileWords(meanwhile)}</p>
            <p className="mt-1 font-medium">
              Nothing of yours is saved yet. Press the button again to put your limit in its place.
            </p>
          </div>
        </>
      )}
    </div>
  )
}
