import { DateAndTime, Moment } from '@/components/ui/moment'
import { Tip } from '@/components/ui/tip'
import type { ServiceKeyView, UseView } from '@/lib/service-keys/view'
import { refusalWords } from '../words'

/** When; from where and by what on hover or focus, and the last call that was refused. The API writes it in batches. */
export function LastUsed({ keyShown: { lastUse, lastRefusal } }: { keyShown: ServiceKeyView }) {
  if (!lastUse && !lastRefusal) return <span className="text-muted">Never</span>
  return (
    <>
      <Tip
        from="right"
        more={
          <>
            {lastUse && <Use title="Last accepted" use={lastUse} />}
            {lastRefusal && (
              <Use
                title={`Last refused: ${refusalWords[lastRefusal.code] ?? lastRefusal.code}`}
                use={lastRefusal}
              />
            )}
            <span className="block">Exact within 10 s</span>
          </>
        }
      >
        {lastUse ? <DateAndTime at={lastUse.at} /> : <span className="text-muted">Never</span>}
      </Tip>
      {lastRefusal && (!lastUse || lastRefusal.at > lastUse.at) && (
        <span className="block text-xs leading-5 text-warn">
          Refused <Moment at={lastRefusal.at} form="date" />
        </span>
      )}
    </>
  )
}

function Use({ title, use: { at, from, userAgent } }: { title: string; use: UseView }) {
  return (
    <span className="mb-1 block">
      <span className="block font-medium">{title}</span>
      <span className="block">
        <Moment at={at} form="second" /> from {from}
      </span>
      <span className="block">{userAgent}</span>
    </span>
  )
}
