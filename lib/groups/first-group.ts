import type { Transaction } from '@/db/client'
import { record } from '@/lib/audit/record'
import { newId } from '@/lib/id'
import { insertGroup, joinGroups } from './store'

/** The group that an organization begins with, so that alerts reach its first admin from the first day. */
export async function createFirstGroup(
  tx: Transaction,
  organizationId: string,
  adminId: string,
  now: Date,
): Promise<void> {
  const group = {
    id: newId('grp'),
    organizationId,
    name: 'Account alerts',
    accountAlerts: true,
    createdAt: now,
  }
  await insertGroup(tx, group)
  await joinGroups(tx, organizationId, adminId, [group])
  await record(
    tx,
    { kind: 'system', organizationId },
    {
      action: 'group.created',
      subjectKind: 'group',
      subjectId: group.id,
      details: { name: group.name, accountAlerts: true },
    },
    now,
  )
}
