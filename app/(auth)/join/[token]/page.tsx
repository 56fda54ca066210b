import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentSession } from '@/lib/auth/current'
import { readInvitation } from '@/lib/invitations/read-invitation'
import { JoinForm } from './join-form'

export const metadata: Metadata = { title: 'Join' }

/** Opening a link changes nothing: scanners of mail open them too. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invitation = await readInvitation(token)
  if (!invitation) notFound()
  const session = await currentSession()
  const isSomebodyElse = session !== null && session.email !== invitation.email
  return (
    <JoinForm
      token={token}
      invitation={invitation}
      signedInAs={isSomebodyElse ? { name: session.name, email: session.email } : null}
    />
  )
}
