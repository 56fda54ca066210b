'use client'

import { useState } from 'react'

type Props = {
  organizations: { id: string; name: string }[]
  shownId: string | null
  switchTo: (input: { organizationId: string }) => Promise<unknown>
}

/** The organization's name; a choice only for people who belong to several. */
export function OrganizationSwitcher({ organizations, shownId, switchTo }: Props) {
  const [busy, setBusy] = useState(false)
  if (organizations.length < 2) {
    return <p className="truncate font-medium">{organizations[0]?.name}</p>
  }
  return (
    <label className="block">
      <span className="sr-only">Organization</span>
      <select
        className="min-h-9 w-full rounded-lg border border-line-strong bg-surface px-2 font-medium"
        value={shownId ?? undefined}
        disabled={busy}
        onChange={async (event) => {
          setBusy(true)
          await switchTo({ organizationId: event.target.value }).catch(() => null)
          // A full load: nothing of the other organization may stay on the page or in memory.
          window.location.reload()
        }}
      >
        {organizations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
