import type postgres from 'postgres'
import { createMember, createOrganization } from '@/db/factories'
import type { UserActor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'

/** An admin, a developer in a group that gets Account alerts, and another one who is in none. */
export type Told = { organizationId: string; admin: UserActor; told: UserActor; untold: UserActor }

export async function toldOrganization(
  owner: postgres.Sql,
  facts: { name: string; timeZone?: string },
): Promise<Told> {
  const organizationId = await createOrganization(facts)
  const member = (name: string, role: 'admin' | 'developer') =>
    createMember(organizationId, { email: `${newId('usr')}@example.com`.toLowerCase(), name, role })
  const admin = await member('Ann', 'admin')
  const told = await member('Dan', 'developer')
  const untold = await member('Una', 'developer')
  const groupId = newId('grp')
  await owner`insert into groups (id, organization_id, name, account_alerts, created_at)
    values (${groupId}, ${organizationId}, 'Alerts', true, now())`
  await owner`insert into group_members (organization_id, group_id, user_id)
    values (${organizationId}, ${groupId}, ${told.userId})`
  return { organizationId, admin, told, untold }
}

type UseOf = { organizationId: string; keyId: string; at: Date; address?: string; userAgent?: string }

/** A call with an organization key, as the API writes it. */
export async function addKeyUse(
  owner: postgres.Sql,
  { organizationId, keyId, at, address = '198.51.100.20', userAgent = 'acme/3.1' }: UseOf,
): Promise<void> {
  await owner`insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
    values (${keyId}, ${organizationId}, ${address}, ${userAgent}, ${at})
    on conflict (key_id, address) do update set last_used_at = excluded.last_used_at`
}

/** A call with a service key. */
export async function addServiceKeyUse(
  owner: postgres.Sql,
  { keyId, at, address = '198.51.100.20', userAgent = 'acme/3.1' }: UseOf,
): Promise<void> {
  await owner`update service_key_uses set last_used_at = ${at}, last_used_from = ${address},
    last_user_agent = ${userAgent} where key_id = ${keyId}`
}

export type ToldOf = { kind: string; occasion: string; facts: Record<string, unknown>; recipients: string[] }

/** What was told about a key, in order. */
export async function noticesOf(owner: postgres.Sql, keyId: string): Promise<ToldOf[]> {
  const rows = await owner<ToldOf[]>`
    select kind, occasion, facts, (select array_agg(user_id order by user_id) from notice_deliveries
      where notice_id = notices.id) as recipients
    from notices where subject_id = ${keyId} order by created_at, id`
  return rows.map((row) => ({ ...row }))
}

/** Repeats a sweep until it finds nothing. */
export async function untilNone(sweep: () => Promise<number>): Promise<number> {
  let total = 0
  for (let raised = await sweep(); raised > 0; raised = await sweep()) total += raised
  return total
}
