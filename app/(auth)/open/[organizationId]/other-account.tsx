'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { signOut } from '@/app/(console)/actions'
import { doorWords } from '@/components/refusals'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { FieldError } from '@/components/ui/field'

type Props = {
  person: { name: string; email: string }
  /** The sign-in page, with the way back here. */
  wayIn: string
  signOut: typeof signOut
}

/** Says no more than that this account does not belong there, not even whether there is such an organization. */
export function OtherAccount({ person, wayIn, signOut }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function change() {
    setBusy(true)
    setError(null)
    const outcome = await signOut({}).catch(() => null)
    if (outcome?.ok) return window.location.assign(wayIn)
    setBusy(false)
    setError(doorWords(outcome))
  }

  return (
    <>
      <h1 className="text-base font-semibold">Not for this account</h1>
      <p className="mt-1 text-muted [overflow-wrap:anywhere]">
        You are signed in as <strong className="font-medium text-ink">{person.name}</strong>
        {person.name !== person.email && <> ({person.email})</>}. This account does not belong to the
        organization that the link is about. If a mail brought you here, sign in with the address that it was
        sent to.
      </p>
      <FieldError error={error} />
      <Button look="primary" busy={busy} onClick={change} className="mt-4 w-full">
        Sign In as Somebody Else
      </Button>
      <Link href="/" className={`${buttonLook('quiet')} mt-2 w-full`}>
        Go to the start page
      </Link>
    </>
  )
}
