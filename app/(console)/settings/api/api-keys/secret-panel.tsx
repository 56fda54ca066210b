'use client'

import { useEffect, useRef, useState } from 'react'
import { CopyButton, type CopyResult } from '@/components/ui/copy-button'
import { Moment } from '@/components/ui/moment'
import type { Revealed } from './use-reveal'

const shownSeconds = 60

type Props = { revealed: Revealed; copied: CopyResult | null; apiUrl: string; onHide: () => void }

/** The Secret and what is inside it, for 60 seconds: decoded here, so that nobody pastes a live key into a public decoder. */
export function SecretPanel({ revealed, copied, apiUrl, onHide }: Props) {
  const [left, setLeft] = useState(shownSeconds)
  const { secret, apiKey, issuedAt, expiresAt } = revealed

  const [hideAt] = useState(() => Date.now() + shownSeconds * 1_000)
  const hide = useRef(onHide)
  hide.current = onHide

  // By the clock, not by counted ticks: a laptop that slept must not wake up with a Secret on its screen.
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = Math.ceil((hideAt - Date.now()) / 1_000)
      if (seconds <= 0) hide.current()
      else setLeft(seconds)
    }, 250)
    return () => clearInterval(timer)
  }, [hideAt])

  return (
    <div className="space-y-4">
      <p className="text-muted">
        Send it as Bearer token with every call. Its text changes every UTC day; each one that was shown keeps
        working until it expires.
      </p>
      <section aria-label="Secret" className="rounded-lg border border-line bg-raised p-3">
        <code className="block font-mono text-[0.8125rem] leading-5 break-all select-all">{secret}</code>
      </section>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={secret} look="primary" already={copied} />
        <CopyButton
          text={`curl -H "Authorization: Bearer ${secret}" ${apiUrl}/v1/whoami`}
          label="Copy as curl"
        />
        <span className="ml-auto text-muted tabular-nums">Hides in {left} s</span>
      </div>
      <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-1.5 border-t border-line pt-4">
        <dt className="text-muted">API key</dt>
        <dd className="font-mono text-[0.8125rem] break-all select-all">{apiKey}</dd>
        <dt className="text-muted">Issued</dt>
        <dd>
          <Moment at={issuedAt} form="zoned" />
        </dd>
        <dt className="text-muted">Expires</dt>
        <dd>{expiresAt ? <Moment at={expiresAt} form="zoned" /> : 'Never'}</dd>
      </dl>
    </div>
  )
}
