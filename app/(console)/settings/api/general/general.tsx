'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { GeneralView } from '@/lib/settings/general-view'
import { DateTimeExamples } from './date-time-examples'
import { GeneralFacts } from './general-facts'
import { HeaderName } from './header-name'
import { IsoUtcFormat } from './iso-utc-format'
import { RequestIdUse } from './request-id-use'
import { TimeZone } from './time-zone'

/** `now`: the server's clock at the first paint, in milliseconds. */
type Props = { organizationId: string; initial: GeneralView; mayChange: boolean; now: number }

export function General({ organizationId, initial, mayChange, now }: Props) {
  const router = useRouter()
  const [view, setView] = useState(initial)
  const [read, setRead] = useState(initial)
  const [pickedZone, setPickedZone] = useState<string | null>(null)
  if (read !== initial) {
    setRead(initial)
    setView(initial)
  }

  function learn(change: Partial<GeneralView>) {
    setView((known) => ({ ...known, ...change }))
    router.refresh()
  }

  const examples = (
    <DateTimeExamples
      isoUtcFormat={view.isoUtcFormat}
      timeZone={view.timeZone}
      pickedZone={pickedZone}
      now={now}
    />
  )
  const form = { organizationId, view, learn }
  return (
    <div className="divide-y divide-line [&>*]:px-4 [&>*]:py-5 sm:[&>*]:px-5">
      {mayChange ? (
        <>
          <div>
            <IsoUtcFormat {...form} />
            {examples}
          </div>
          <TimeZone {...form} now={now} picked={pickedZone} onPick={setPickedZone} />
          <div>
            <HeaderName {...form} />
            <RequestIdUse header={view.requestIdHeader} />
          </div>
          <p className="text-muted">Changes reach the API within a second.</p>
        </>
      ) : (
        <div>
          <GeneralFacts view={view} />
          {examples}
          <RequestIdUse header={view.requestIdHeader} />
        </div>
      )}
    </div>
  )
}
