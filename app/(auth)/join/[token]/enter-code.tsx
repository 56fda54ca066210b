'use client'

import { useState } from 'react'
import { CodeField } from '@/components/codes/code-field'
import { SendAgain } from '@/components/codes/send-again'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import type { InvitationView } from '@/lib/invitations/read-invitation'
import { joinOrganization, sendJoinCode } from '../actions'
import { joinWords } from './words'

type Props = { token: string; invitation: InvitationView }

export function EnterCode({ token, invitation: { email, organizationName } }: Props) {
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [nameError, setNameError] = useState<string | null>(null)

  async function enter() {
    setNameError(null)
    if (code.length < 6) return setError('Enter the 6 digits of the code.')
    setBusy(true)
    setError(null)
    const outcome = await joinOrganization({ token, code, name: name.trim() }).catch(() => null)
    // A full load, so that nothing of another session stays in memory.
    if (outcome?.ok) return window.location.assign('/')
    setBusy(false)
    if (outcome?.reason === 'invalid-input') return setNameError(outcome.details.fields.name ?? null)
    setCode('')
    setError(joinWords(outcome))
  }

  return (
    <>
      <h1 className="text-base font-semibold">Enter the code</h1>
      <p className="mt-1 text-muted">
        A 6-digit code is on its way to{' '}
        <strong className="font-medium [overflow-wrap:anywhere] text-ink">{email}</strong>. It works for 10
        minutes.
      </p>
      <form
        className="mt-4 space-y-4"
        noValidate
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
        <Field
          label="Your name"
          optional
          autoComplete="name"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          hint="If you are new here: the others see it."
          error={nameError}
        />
        <Button type="submit" look="primary" busy={busy} className="w-full">
          <span className="max-w-64 truncate">Join {organizationName}</span>
        </Button>
      </form>
      <div className="mt-4">
        <SendAgain send={() => sendJoinCode({ token })} onError={setError} />
      </div>
    </>
  )
}
