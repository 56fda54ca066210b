import { Check, Minus, X } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import { exactSizeText, sizeText } from '@/lib/media/sizes'
import type { HistoryEntry } from '@/lib/support-desk/view'

const decisions = {
  granted: { tone: 'good', icon: Check, word: 'Granted' },
  'granted-less': { tone: 'warn', icon: Minus, word: 'Granted less' },
  declined: { tone: 'neutral', icon: X, word: 'Declined' },
} as const

/** What was decided before, latest first. */
export function History({ entries, isCut }: { entries: HistoryEntry[]; isCut: boolean }) {
  return (
    <section aria-labelledby="history" className="rounded-xl border border-line bg-surface">
      <h2 id="history" className="px-4 py-3.5 text-base font-semibold sm:px-5">
        History
      </h2>
      {entries.length === 0 ? (
        <p className="border-t border-line px-4 py-4 text-muted sm:px-5">
          The limit was never changed, and no request was answered.
        </p>
      ) : (
        <ol className="divide-y divide-line border-t border-line">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {isCut && (
        <p className="border-t border-line px-4 py-3 text-muted sm:px-5">
          Older decisions are not shown here. The audit log keeps them.
        </p>
      )}
    </section>
  )
}

function Entry({ entry: { at, by, reason, change, request } }: { entry: HistoryEntry }) {
  const decision = request && request.decision !== 'open' ? decisions[request.decision] : null
  return (
    <li className="px-4 py-3.5 [overflow-wrap:anywhere] sm:px-5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <p className="font-medium">
          {change ? (
            <>
              From {sizeText(change.fromBytes)} to {sizeText(change.toBytes)}
              {change.endsAt && (
                <>
                  {' '}
                  until <Moment at={change.endsAt} />
                </>
              )}
            </>
          ) : (
            'No change of the limit'
          )}
        </p>
        {decision && (
          <Badge tone={decision.tone} icon={decision.icon}>
            {decision.word}
          </Badge>
        )}
      </div>
      <p className="whitespace-pre-line">{reason}</p>
      <p className="text-muted">
        {by}, <Moment at={at} />
      </p>
      {request && (
        <p className="mt-1 text-muted">
          {request.askedBy} asked for {exactSizeText(request.wantedBytes)} on{' '}
          <Moment at={request.askedAt} form="date" />: “{request.reason}”
        </p>
      )}
    </li>
  )
}
