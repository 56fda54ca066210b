'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError } from '@/components/ui/field'
import { Moment } from '@/components/ui/moment'
import type { InvitationView } from '@/lib/invitations/read-invitation'
import { roleLines, roleNames } from '@/lib/members/roles'
import { sendJoinCode } from '../actions'
import { EnterCode } from './enter-code'
import { joinWords } from './words'

type Props = {
  token: string
  invitation: InvitationView
  /** Who is signed in here, when it is not the invited person. */
  signedInAs: { name: string; email: string } | null
}

export function JoinForm({ token, invitation, signedInAs }: Props) {
  const { organizationName, email, role, expiresAt } = invitation
  const [isSent, setIsSent] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function send() {
    setBusy(true)
    setError(null)
    const outcome = await sendJoinCode({ token }).catch(() => null)
    setBusy(false)
    if (outcome?.ok) return setIsSent(true)
    setError(joinWords(outcome))
  }

  if (isSent) return <EnterCode token={token} invitation={invitation} />
  return (
    <>
      <h1 className="text-base font-semibold [overflow-wrap:anywhere]">Join {organizationName}</h1>
      <dl className="mt-3 grid grid-cols-[5rem_1fr] gap-x-3 gap-y-1.5 rounded-lg border border-line bg-raised p-3">
        <dt className="text-muted">Address</dt>
        <dd className="font-medium [overflow-wrap:anywhere]">{email}</dd>
        <dt className="text-muted">Role</dt>
        <dd>
          <span className="font-medium">{roleNames[role]}</span>
          <span className="block text-muted">{roleLines[role]}</span>
        </dd>
        <dt className="text-muted">Open until</dt>
        <dd>
          <Moment at={expiresAt} />
        </dd>
      </dl>
      {signedInAs && (
        <p className="mt-3 rounded-lg bg-warn-soft p-3 text-warn">
          You are signed in as {signedInAs.name}
          {signedInAs.name !== signedInAs.email && (
            <span className="[overflow-wrap:anywhere]"> ({signedInAs.email})</span>
          )}
          . The invitation is for another address: joining signs you out of that account in this browser.
        </p>
      )}
      <p className="mt-3 text-muted">We mail a code to this address, to be sure that it is yours.</p>
      <FieldError error={error} />
      <Button look="primary" busy={busy} onClick={send} className="mt-4 w-full">
        Send Code
      </Button>
    </>
  )
}
