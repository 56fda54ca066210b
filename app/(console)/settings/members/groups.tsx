import { Bell, BellOff } from 'lucide-react'
import Link from 'next/link'
import { namesText } from '@/components/names-text'
import { Badge } from '@/components/ui/badge'
import { ActionCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import type { GroupView } from '@/lib/groups/list-groups'
import { addressOf, everybody } from './address'
import { AlertsSwitch } from './alerts-switch'
import { GroupActions } from './group-actions'
import { NewGroupButton } from './new-group-button'

const columns = ['Group', 'Members', 'Account alerts'].map((name) => ({ name }))

type Props = { organizationId: string; groups: GroupView[]; mayAct: boolean }

/** By name. */
export function Groups({ organizationId, groups, mayAct }: Props) {
  return (
    <section aria-labelledby="groups" className="@container rounded-xl border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-3 sm:px-5">
        <div>
          <h2 id="groups" className="text-base font-semibold">
            Groups
          </h2>
          <p className="text-muted">Members of a group with Account alerts get the notices about keys.</p>
        </div>
        {mayAct && <NewGroupButton organizationId={organizationId} />}
      </div>
      <div className="border-t border-line">
        {groups.length > 0 ? (
          <Table
            caption="Groups, by name"
            columns={mayAct ? [...columns, { name: 'Actions', className: 'text-right' }] : columns}
          >
            {groups.map((group) => (
              <Row key={group.id} className="relative @4xl:static">
                <HeadCell className="pr-12 font-medium [overflow-wrap:anywhere] @4xl:max-w-80 @4xl:pr-3">
                  {group.name}
                </HeadCell>
                <Cell label="Members" className="@4xl:max-w-96">
                  <Members group={group} />
                </Cell>
                <Cell label="Account alerts">
                  {mayAct ? (
                    <AlertsSwitch organizationId={organizationId} group={group} />
                  ) : (
                    <Alerts on={group.accountAlerts} />
                  )}
                </Cell>
                {mayAct && (
                  <ActionCell className="absolute top-2 right-2 @4xl:static @4xl:py-2">
                    <GroupActions organizationId={organizationId} group={group} />
                  </ActionCell>
                )}
              </Row>
            ))}
          </Table>
        ) : (
          <p className="px-4 py-8 text-center text-muted sm:px-5">There is no group yet.</p>
        )}
      </div>
    </section>
  )
}

function Members({ group: { id, memberCount, firstMembers } }: { group: GroupView }) {
  if (memberCount === 0) return <span className="text-muted">Nobody</span>
  return (
    <Link
      href={addressOf({ ...everybody, group: id })}
      className="text-accent [overflow-wrap:anywhere] underline underline-offset-4"
    >
      {namesText(firstMembers, memberCount)}
    </Link>
  )
}

function Alerts({ on }: { on: boolean }) {
  return on ? (
    <Badge tone="good" icon={Bell}>
      On
    </Badge>
  ) : (
    <Badge tone="neutral" icon={BellOff}>
      Off
    </Badge>
  )
}
