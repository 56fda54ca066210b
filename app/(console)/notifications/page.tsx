import type { Metadata } from 'next'
import { Message } from '@/components/ui/message'
import { RefreshOnReturn } from '@/components/ui/refresh-on-return'
import { currentSession } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { parseSearch } from '@/lib/notices/inbox/inputs'
import { Notices } from './notices'

export const metadata: Metadata = { title: 'All Notifications' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function NotificationsPage({ searchParams }: Props) {
  const session = await currentSession()
  const membership = session && shownMembership(session)
  if (!session || !membership || !can(membership.role, 'notifications:read')) return <NoOrganization />
  const mayReadDelivery = can(membership.role, 'notifications:read-delivery')
  return (
    <>
      <Notices
        {...membership}
        userId={session.userId}
        search={parseSearch(await searchParams, mayReadDelivery)}
        mayReadDelivery={mayReadDelivery}
      />
      <RefreshOnReturn />
    </>
  )
}

function NoOrganization() {
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">All Notifications</h1>
      <div className="mt-6">
        <Message level="h2" title="You do not belong to an organization">
          <p>Notifications are about an organization, and go to its own members.</p>
        </Message>
      </div>
    </>
  )
}
