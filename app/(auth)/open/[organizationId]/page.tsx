import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { signOut, switchOrganization } from '@/app/(console)/actions'
import { currentSession } from '@/lib/auth/current'
import { shownMembership } from '@/lib/auth/session'
import { pagePath, signInPath } from '@/lib/console-link'
import { OtherAccount } from './other-account'
import { OtherOrganization } from './other-organization'

export const metadata: Metadata = { title: 'Open' }

type Props = {
  params: Promise<{ organizationId: string }>
  searchParams: Promise<{ to?: string | string[] }>
}

/**
 * Where the links of mails lead. Opening one never changes which organization is shown, or a foreign page could do that
 * to an admin unseen: people press a button for it.
 */
export default async function OpenPage({ params, searchParams }: Props) {
  const [{ organizationId }, { to }] = await Promise.all([params, searchParams])
  const session = await currentSession()
  const wayIn = signInPath(organizationId, to) as Route
  if (!session) redirect(wayIn)
  const shown = shownMembership(session)
  if (shown?.organizationId === organizationId) redirect(pagePath(to) as Route)
  // Nothing but the reader's own memberships is looked at: a foreign organization and an absent one are the same here.
  const wanted = session.memberships.find((membership) => membership.organizationId === organizationId)
  if (!wanted || !shown) {
    const { name, email } = session
    return <OtherAccount person={{ name, email }} wayIn={wayIn} signOut={signOut} />
  }
  return (
    <OtherOrganization
      organization={{ id: organizationId, name: wanted.organizationName }}
      shownName={shown.organizationName}
      path={pagePath(to)}
      switchOrganization={switchOrganization}
    />
  )
}
