'use client'

import { useState } from 'react'
import { CodeField } from '@/components/codes/code-field'
import { SendAgain } from '@/components/codes/send-again'
import { Button } from '@/components/ui/button'
import type { useReveal } from './use-reveal'

export function CodeForm({ reveal, to }: { reveal: ReturnType<typeof useReveal>; to: string }) {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)

  async function submit() {
    if (code.length < 6) return reveal.setError('Enter the 6 digits of the code.')
    setBusy(true)
    const right = await reveal.confirm(code)
    if (right) return
    setBusy(false)
    setCode('')
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      <p className="mb-4 text-muted">
        We sent a 6-digit code to <strong className="font-medium break-all text-ink">{to}</strong>. After it,
        this session may view keys for 10 minutes.
      </p>
      <CodeField
        value={code}
        onValue={(value) => {
          setCode(value)
          if (value) reveal.setError(null)
        }}
        error={reveal.error}
        autoFocus
      />
      <div className="mt-6 flex flex-wrap-reverse items-center justify-between gap-2">
        <SendAgain send={reveal.send} onError={reveal.setError} />
        <Button type="submit" look="primary" busy={busy}>
          Continue
        </Button>
      </div>
    </form>
  )
}
