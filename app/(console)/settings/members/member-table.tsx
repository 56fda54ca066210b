import Link from 'next/link'
import { Moment } from '@/components/ui/moment'
import { ActionCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import type { GroupView } from '@/lib/groups/list-groups'
import type { MemberSearch } from '@/lib/members/inputs'
import type { MemberPage, MemberView } from '@/lib/members/list-members'
import { roleNames } from '@/lib/members/roles'
import { addressOf, everybody } from './address'
import { MemberActions } from './member-actions'

const columns = ['Member', 'Role', 'Groups', 'Member since', 'Last sign-in'].map((name) => ({ name }))

export type ListProps = {
  organizationId: string
  organizationName: string
  readerId: string
  mayAct: boolean
  counts: { members: number; admins: number }
  search: MemberSearch
  page: MemberPage
  groups: GroupView[]
  /** How many open invitations each person has sent. */
  openInvitations: ReadonlyMap<string, number>
}

/** By name. */
export function MemberTable({ page, mayAct, ...props }: ListProps) {
  const { readerId, counts, openInvitations, groups, organizationId, organizationName } = props
  return (
    <Table
      caption="Members of the organization, by name"
      columns={mayAct ? [...columns, { name: 'Actions', className: 'text-right' }] : columns}
    >
      {page.members.map((member) => (
        <Row key={member.userId} className="relative @4xl:static">
          <Person member={member} isYou={member.userId === readerId} />
          <Cell label="Role">{roleNames[member.role]}</Cell>
          <Cell label="Groups" className="@4xl:max-w-64">
            <Groups groups={member.groups} />
          </Cell>
          <Cell label="Member since">
            <Moment at={member.since} form="date" />
          </Cell>
          <Cell label="Last sign-in">
            {member.lastSignInAt ? (
              <Moment at={member.lastSignInAt} />
            ) : (
              <span className="text-muted">Never</span>
            )}
          </Cell>
          {mayAct && (
            <ActionCell className="absolute top-2 right-2 @4xl:static @4xl:py-2">
              <div className="flex justify-end">
                <MemberActions
                  organizationId={organizationId}
                  organizationName={organizationName}
                  member={member}
                  isYou={member.userId === readerId}
                  isLastAdmin={member.role === 'admin' && counts.admins === 1}
                  openInvitations={openInvitations.get(member.userId) ?? 0}
                  groups={groups}
                />
              </div>
            </ActionCell>
          )}
        </Row>
      ))}
    </Table>
  )
}

function Person({ member: { name, email }, isYou }: { member: MemberView; isYou: boolean }) {
  return (
    <HeadCell className="pr-12 @4xl:max-w-72 @4xl:pr-3">
      <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
      {isYou && <span className="text-muted"> (you)</span>}
      {name !== email && <span className="block text-muted [overflow-wrap:anywhere]">{email}</span>}
    </HeadCell>
  )
}

function Groups({ groups }: { groups: MemberView['groups'] }) {
  if (groups.length === 0) return <span className="text-muted">None</span>
  return (
    <ul className="flex flex-wrap gap-x-2 gap-y-0.5">
      {groups.map(({ id, name }) => (
        <li key={id}>
          <Link
            href={addressOf({ ...everybody, group: id })}
            className="text-accent [overflow-wrap:anywhere] underline underline-offset-4"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
