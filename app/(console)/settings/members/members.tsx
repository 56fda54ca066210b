import { summarizeAlertRecipients } from '@/lib/groups/alert-recipients'
import { listGroups } from '@/lib/groups/list-groups'
import { listInvitations } from '@/lib/invitations/list-invitations'
import { parseSearch } from '@/lib/members/inputs'
import { listMembers } from '@/lib/members/list-members'
import { AlertsLine } from './alerts-line'
import { Groups } from './groups'
import { Invitations } from './invitations'
import { InviteButton } from './invite-button'
import { MemberList } from './member-list'
import type { ListProps } from './member-table'

type Props = Omit<ListProps, 'search' | 'page' | 'groups' | 'openInvitations'> & {
  parameters: Record<string, unknown>
}

/** All that admins and auditors see of the page. */
export async function Members({ parameters, ...props }: Props) {
  const { organizationId, organizationName, mayAct } = props
  const now = new Date()
  const search = parseSearch(parameters)
  const [page, open, groups, recipients] = await Promise.all([
    listMembers(organizationId, search),
    listInvitations(organizationId, now),
    listGroups(organizationId),
    summarizeAlertRecipients(organizationId),
  ])
  const openInvitations = new Map<string, number>()
  for (const { sentBy, isExpired } of open.invitations)
    if (!isExpired) openInvitations.set(sentBy.userId, (openInvitations.get(sentBy.userId) ?? 0) + 1)
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">Members</h1>
          <p className="mt-1 text-muted [overflow-wrap:anywhere]">
            Who belongs to {organizationName}, what they may do, and who gets its alerts.
          </p>
        </div>
        {mayAct && (
          <InviteButton organizationId={organizationId} organizationName={organizationName} groups={groups} />
        )}
      </div>
      <div className="mt-6 space-y-4">
        <AlertsLine recipients={recipients} organizationName={organizationName} mayAct={mayAct} />
        <MemberList
          {...props}
          search={search}
          page={page}
          groups={groups}
          openInvitations={openInvitations}
        />
        <Invitations organizationId={organizationId} list={open} mayAct={mayAct} now={now.toISOString()} />
        <Groups organizationId={organizationId} groups={groups} mayAct={mayAct} />
      </div>
    </>
  )
}
