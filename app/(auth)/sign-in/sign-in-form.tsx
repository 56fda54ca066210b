'use client'

import { useState } from 'react'
import { CodeField } from '@/components/codes/code-field'
import { codeWords } from '@/components/codes/code-words'
import { SendAgain } from '@/components/codes/send-again'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { enterCode, sendCode } from './actions'
import { SingleSignOnButton } from './single-sign-on-button'

type Props = {
  singleSignOn: { id: string; name: string } | null
  failed: boolean
  /** Where one goes from here: a path of ours (lib/console-link.ts). */
  next: string
}

export function SignInForm({ singleSignOn, failed, next }: Props) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(
    failed ? 'Single sign-on did not work for this account. Try again, or sign in with a code.' : null,
  )

  async function send(address: string) {
    setBusy(true)
    setError(null)
    const outcome = await sendCode({ email: address }).catch(() => null)
    setBusy(false)
    if (outcome?.ok) return setSentTo(address.toLowerCase())
    if (outcome?.reason === 'invalid-input') return setError(outcome.details.fields.email ?? null)
    setError(codeWords(outcome))
  }

  if (sentTo) {
    return <EnterCode email={sentTo} next={next} onBack={() => setSentTo(null)} />
  }
  return (
    <>
      <h1 className="text-base font-semibold">Sign in</h1>
      <form
        className="mt-4 space-y-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // Read from the form: what was typed before the page became alive counts too.
          const email = new FormData(event.currentTarget).get('email')
          if (!busy) void send(String(email).trim())
        }}
      >
        <Field label="Email" type="email" name="email" autoComplete="email" autoFocus error={error} />
        <Button type="submit" look="primary" busy={busy} className="w-full">
          Continue
        </Button>
      </form>
      {singleSignOn && <SingleSignOnButton provider={singleSignOn} next={next} />}
    </>
  )
}

function EnterCode({ email, next, onBack }: { email: string; next: string; onBack: () => void }) {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function enter() {
    if (code.length < 6) return setError('Enter the 6 digits of the code.')
    setBusy(true)
    setError(null)
    const outcome = await enterCode({ email, code }).catch(() => null)
    // A full load, so that nothing of the signed-out session stays in memory.
    if (outcome?.ok) return window.location.assign(next)
    setBusy(false)
    setCode('')
    setError(codeWords(outcome))
  }

  return (
    <>
      <h1 className="text-base font-semibold">Enter the code</h1>
      <p className="mt-1 text-muted">
        If <strong className="font-medium break-all text-ink">{email}</strong> has an account, a 6-digit code
        is on its way there. It works for 10 minutes.
      </p>
      <form
        className="mt-4 space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void enter()
        }}
      >
        <CodeField
          value={code}
          onValue={(value) => {
            setCode(value)
            if (value) setError(null)
          }}
          error={error}
          autoFocus
        />
        <Button type="submit" look="primary" busy={busy} className="w-full">
          Continue
        </Button>
      </form>
      <div className="mt-4 flex flex-col items-start">
        <SendAgain send={() => sendCode({ email })} onError={setError} />
        <Button look="quiet" className="-ml-3.5" onClick={onBack}>
          Use another address
        </Button>
      </div>
    </>
  )
}
