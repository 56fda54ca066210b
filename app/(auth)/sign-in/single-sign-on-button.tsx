'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError } from '@/components/ui/field'

type Props = { provider: { id: string; name: string }; next: string }

/** Asks next-auth's own routes for the provider's address; its client library would cost more than these two calls. */
export function SingleSignOnButton({ provider, next }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function begin() {
    setBusy(true)
    setError(null)
    const url = await providerAddress(provider.id, next).catch(() => null)
    if (url) return window.location.assign(url)
    setBusy(false)
    setError(`We could not reach ${provider.name}. Try again.`)
  }

  return (
    <div className="mt-4 border-t border-line pt-4">
      <Button className="w-full" busy={busy} onClick={begin}>
        Continue with {provider.name}
      </Button>
      <FieldError error={error} />
    </div>
  )
}

async function providerAddress(id: string, next: string): Promise<string | null> {
  const { csrfToken }: { csrfToken: string } = await (await fetch('/api/auth/csrf')).json()
  const answer = await fetch(`/api/auth/signin/${id}`, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl: next, json: 'true' }),
  })
  const { url }: { url?: string } = await answer.json()
  return url && new URL(url).origin !== window.location.origin ? url : null
}
