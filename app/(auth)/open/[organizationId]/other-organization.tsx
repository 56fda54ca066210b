'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { switchOrganization } from '@/app/(console)/actions'
import { doorWords } from '@/components/refusals'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { FieldError } from '@/components/ui/field'

type Props = {
  organization: { id: string; name: string }
  /** The organization that the console shows now. */
  shownName: string
  /** The page of the other one that the link is about. */
  path: string
  switchOrganization: typeof switchOrganization
}

/** Keys of two organizations look alike: nobody is taken to those of another one without having said so. */
export function OtherOrganization({ organization, shownName, path, switchOrganization }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function open() {
    setBusy(true)
    setError(null)
    const outcome = await switchOrganization({ organizationId: organization.id }).catch(() => null)
    // A full load: nothing of the organization that was shown may stay in memory.
    if (outcome?.ok) return window.location.assign(path)
    // This page itself says what to do then.
    if (outcome?.reason === 'forbidden' || outcome?.reason === 'signed-out') return window.location.reload()
    setBusy(false)
    setError(doorWords(outcome))
  }

  return (
    <>
      <h1 className="text-base font-semibold [overflow-wrap:anywhere]">This is about {organization.name}</h1>
      <p className="mt-1 text-muted [overflow-wrap:anywhere]">You are looking at {shownName}.</p>
      <FieldError error={error} />
      <Button look="primary" busy={busy} onClick={open} className={`mt-4 w-full ${longName}`}>
        Open {organization.name}
      </Button>
      <Link href="/" className={`${buttonLook('quiet')} mt-2 w-full ${longName}`}>
        Back to {shownName}
      </Link>
    </>
  )
}

const longName = 'py-1.5 !whitespace-normal [overflow-wrap:anywhere]'
