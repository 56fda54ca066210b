import type { GeneralView } from '@/lib/settings/general-view'

/** The same facts for those who may not change them. */
export function GeneralFacts({ view }: { view: GeneralView }) {
  return (
    <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[12rem_1fr]">
      <dt className="text-muted">ISO 8601 UTC Format</dt>
      <dd className="font-medium">{view.isoUtcFormat ? 'On' : 'Off'}</dd>
      <dt className="text-muted">Time zone</dt>
      <dd className="font-medium">{view.timeZone}</dd>
      <dt className="text-muted">Custom Header Name</dt>
      <dd className="font-mono break-all">{view.requestIdHeader}</dd>
    </dl>
  )
}
