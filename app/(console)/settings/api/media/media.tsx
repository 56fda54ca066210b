'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/use-now'
import { effectiveMediaLimit, largestMediaLimitBytes } from '@/lib/media/limit'
import type { MediaView, OpenLimitRequest } from '@/lib/media/media-view'
import { Decisions } from './decisions'
import { LimitFacts } from './limit-facts'
import { OpenRequest } from './open-request'
import { SizeTester } from './size-tester'

const RequestLimitDialog = lazy(() =>
  import('./request-limit-dialog').then((m) => ({ default: m.RequestLimitDialog })),
)

type Props = { organizationId: string; view: MediaView; contentTypes: readonly string[]; mayAsk: boolean }

export function Media({ organizationId, view, contentTypes, mayAsk }: Props) {
  const router = useRouter()
  const [isAsking, setIsAsking] = useState(false)
  // Shown at once, together with the end of the dialog; the next reading of the page has the last word.
  const [asked, setAsked] = useState<OpenLimitRequest | null>(null)
  const [read, setRead] = useState(view)
  if (read !== view) {
    setRead(view)
    setAsked(null)
  }
  const openRequest = view.openRequest ?? asked
  const now = useNow(Date.parse(view.now))
  const limitBytes = effectiveMediaLimit(view.limit, now)
  const canGrow = Math.min(limitBytes, view.limit.mediaLimitBytes) < largestMediaLimitBytes

  return (
    <div className="divide-y divide-line [&>*]:px-4 [&>*]:py-5 sm:[&>*]:px-5">
      <div>
        <LimitFacts view={view} limitBytes={limitBytes} now={now} />
        {openRequest && <OpenRequest request={openRequest} />}
        {mayAsk && !openRequest && canGrow && (
          <Button className="mt-4" onClick={() => setIsAsking(true)}>
            Request a larger limit
          </Button>
        )}
        {!canGrow && <p className="mt-2 text-muted">This is the largest limit that can be set.</p>}
      </div>
      {view.decisions.length > 0 && <Decisions decisions={view.decisions} />}
      <SizeTester limitBytes={limitBytes} contentTypes={contentTypes} />
      {isAsking && (
        <Suspense>
          <RequestLimitDialog
            organizationId={organizationId}
            limitBytes={limitBytes}
            onClose={() => setIsAsking(false)}
            onAsked={(request) => {
              setAsked(request)
              setIsAsking(false)
              router.refresh()
            }}
            onFoundOpen={() => router.refresh()}
          />
        </Suspense>
      )}
    </div>
  )
}
