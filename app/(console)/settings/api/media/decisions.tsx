import { Moment } from '@/components/ui/moment'
import type { SupportDecision } from '@/lib/media/media-view'
import { exactSizeText, sizeText } from '@/lib/media/sizes'

/** What support decided last, and before that. */
export function Decisions({ decisions: [last, ...earlier] }: { decisions: SupportDecision[] }) {
  if (!last) return null
  return (
    <div>
      <h3 className="font-medium">Last decision of support</h3>
      <div className="mt-1">
        <Decision decision={last} />
      </div>
      {earlier.length > 0 && (
        <details className="mt-3">
          <summary className="w-fit text-accent">Earlier decisions</summary>
          <ul className="mt-2 space-y-3 border-l-2 border-line pl-3.5">
            {earlier.map((decision) => (
              <li key={decision.id}>
                <Decision decision={decision} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Decision({ decision }: { decision: SupportDecision }) {
  return (
    <>
      <p>
        <strong className="font-semibold">{decisionWords(decision)}</strong>
        {decision.endsAt && (
          <>
            {' '}
            until <Moment at={decision.endsAt} form="zoned" />
          </>
        )}
      </p>
      <p className="break-words whitespace-pre-line">{decision.reason}</p>
      <p className="text-muted">
        {decision.by}, <Moment at={decision.at} />
      </p>
    </>
  )
}

function decisionWords({ kind, bytes, wantedBytes }: SupportDecision): string {
  const granted = exactSizeText(bytes ?? 0)
  const wanted = sizeText(wantedBytes ?? 0)
  switch (kind) {
    case 'granted':
      return `Granted: ${granted}`
    case 'granted-less':
      return `Granted less: ${granted}, where ${wanted} was wanted`
    case 'declined':
      return `Declined: ${wanted}`
    case 'changed':
      return `Limit set to ${granted}`
  }
}
