import { Moment } from '@/components/ui/moment'
import type { ServiceKeyView } from '@/lib/service-keys/view'

/** Whether somebody will feel it: when, from where and by what the key was used last. */
export function UseFacts({ keyShown: { name, masked, lastUse } }: { keyShown: ServiceKeyView }) {
  return (
    <dl className="mt-4 grid grid-cols-[6rem_1fr] gap-x-3 gap-y-1.5 rounded-lg border border-line bg-raised p-3">
      <dt className="text-muted">Name</dt>
      <dd className="font-medium [overflow-wrap:anywhere]">{name}</dd>
      <dt className="text-muted">Key</dt>
      <dd className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{masked}</dd>
      <dt className="text-muted">Last used</dt>
      <dd>
        {lastUse ? (
          <>
            <Moment at={lastUse.at} /> from {lastUse.from}
            <span className="block text-muted [overflow-wrap:anywhere]">{lastUse.userAgent}</span>
          </>
        ) : (
          'Never'
        )}
      </dd>
    </dl>
  )
}
