import type { Metadata } from 'next'
import { Message } from '@/components/ui/message'
import { RefreshOnReturn } from '@/components/ui/refresh-on-return'
import { currentSession } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { listOwnGroups } from '@/lib/groups/list-groups'
import { countMembers } from '@/lib/members/list-members'
import { memberRoles } from '@/lib/members/roles'
import { Members } from './members'
import { YourMembership } from './your-membership'

export const metadata: Metadata = { title: 'Members' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MembersPage({ searchParams }: Props) {
  const session = await currentSession()
  const membership = session && shownMembership(session)
  const role = memberRoles.find((each) => each === membership?.role)
  if (!session || !membership || !role) return <NoOrganization />
  const { organizationId, organizationName } = membership
  const mayRead = can(role, 'members:read')
  const [counts, ownGroups] = await Promise.all([
    countMembers(organizationId),
    listOwnGroups(organizationId, session.userId),
  ])
  return (
    <>
      {mayRead ? (
        <Members
          organizationId={organizationId}
          organizationName={organizationName}
          readerId={session.userId}
          mayAct={can(role, 'members:invite')}
          counts={counts}
          parameters={await searchParams}
        />
      ) : (
        <>
          <h1 className="text-2xl font-semibold tracking-tight">Members</h1>
          <NotForYou organizationName={organizationName} />
        </>
      )}
      <div className="mt-4">
        <YourMembership
          organizationId={organizationId}
          organizationName={organizationName}
          role={role}
          groups={ownGroups}
          isLastAdmin={role === 'admin' && counts.admins === 1}
        />
      </div>
      <RefreshOnReturn />
    </>
  )
}

function NotForYou({ organizationName }: { organizationName: string }) {
  return (
    <div className="mt-6">
      <Message level="h2" title={`${organizationName}'s members are not shown to your role`}>
        <p>Its admins and auditors see them. If you need another role or a group, ask an admin.</p>
      </Message>
    </div>
  )
}

function NoOrganization() {
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Members</h1>
      <div className="mt-6">
        <Message level="h2" title="You do not belong to an organization">
          <p>An organization&apos;s members are shown to its own admins and auditors.</p>
        </Message>
      </div>
    </>
  )
}
