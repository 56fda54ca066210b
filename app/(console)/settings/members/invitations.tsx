import { Hourglass, MailWarning, TimerOff } from 'lucide-react'
import { timeLeft } from '@/app/(console)/settings/api/api-keys/time-left'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import { ActionCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import type { OpenInvitationView } from '@/lib/invitations/list-invitations'
import { roleNames } from '@/lib/members/roles'
import { InvitationActions } from './invitation-actions'

const columns = ['Invited', 'Role', 'Groups', 'Sent', 'State'].map((name) => ({ name }))

type Props = {
  organizationId: string
  list: { invitations: OpenInvitationView[]; count: number }
  mayAct: boolean
  now: string
}

/** Newest first. */
export function Invitations({ organizationId, list: { invitations, count }, mayAct, now }: Props) {
  if (count === 0) return null
  return (
    <section aria-labelledby="invitations" className="@container rounded-xl border border-line bg-surface">
      <h2 id="invitations" className="px-4 py-3.5 text-base font-semibold sm:px-5">
        {count} open {count === 1 ? 'invitation' : 'invitations'}
      </h2>
      <div className="border-t border-line">
        <Table
          caption="Open invitations, newest first"
          columns={mayAct ? [...columns, { name: 'Actions', className: 'text-right' }] : columns}
        >
          {invitations.map((each) => (
            <Row key={each.id} className="relative @4xl:static">
              <HeadCell className="pr-22 font-medium [overflow-wrap:anywhere] @4xl:max-w-72 @4xl:pr-3">
                {each.email}
              </HeadCell>
              <Cell label="Role">{roleNames[each.role]}</Cell>
              <Cell label="Groups" className="[overflow-wrap:anywhere] @4xl:max-w-48">
                {each.groups.join(', ') || <span className="text-muted">None</span>}
              </Cell>
              <Cell label="Sent">
                <Moment at={each.sentAt} form="date" />
                <span className="block text-muted [overflow-wrap:anywhere]">by {each.sentBy.name}</span>
              </Cell>
              <Cell label="State">
                <State invitation={each} now={now} />
              </Cell>
              {mayAct && (
                <ActionCell className="absolute top-2 right-2 @4xl:static @4xl:py-2">
                  <InvitationActions organizationId={organizationId} invitation={each} />
                </ActionCell>
              )}
            </Row>
          ))}
        </Table>
      </div>
      {count > invitations.length && (
        <p className="border-t border-line px-4 py-3 text-muted sm:px-5">
          These are the newest {invitations.length}. Withdraw some to see the others.
        </p>
      )}
    </section>
  )
}

function State({ invitation, now }: { invitation: OpenInvitationView; now: string }) {
  if (invitation.isExpired)
    return (
      <Badge tone="neutral" icon={TimerOff}>
        Expired
      </Badge>
    )
  if (!invitation.isMailed)
    return (
      <Badge tone="bad" icon={MailWarning}>
        Mail not sent
      </Badge>
    )
  return (
    <Badge tone="good" icon={Hourglass}>
      Ends in {timeLeft(invitation.expiresAt, now)}
    </Badge>
  )
}
