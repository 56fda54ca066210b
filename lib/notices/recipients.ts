import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/**
 * Whether an organization's keys have ever been used: who never did is told nothing by the clock. Without `exists`,
 * which Postgres may answer by reading every use of everybody.
 */
export function hasUsedApi(organizationId: SQL): SQL {
  return sql`(coalesce((select true from key_uses where key_uses.organization_id = ${organizationId} limit 1), false)
    or (select max(coalesce(service_key_uses.last_used_at, '-infinity')) from service_key_uses
      where service_key_uses.organization_id = ${organizationId}) > '-infinity')`
}

/**
 * Who is told what the clock does with the keys of these organizations: the members of all groups that are subscribed
 * to Account alerts, each once, and the admins as well where `withAdmins`. Organizations without anybody, or without
 * any use of the API, are not in the answer.
 */
export async function findRecipients(
  tx: Transaction,
  organizationIds: Iterable<string>,
  { withAdmins }: { withAdmins: boolean },
): Promise<Map<string, string[]>> {
  const ids = JSON.stringify([...new Set(organizationIds)])
  const rows = await tx.execute<{ organizationId: string; userIds: string[] }>(sql`
    with organization as (
      select id from jsonb_array_elements_text(${ids}::jsonb) as asked(id) where ${hasUsedApi(sql`asked.id`)}
    ), recipient as (
      select organization.id as organization_id, group_members.user_id from organization
      join groups on groups.organization_id = organization.id and groups.account_alerts
      join group_members on group_members.organization_id = groups.organization_id
        and group_members.group_id = groups.id
      union
      select organization.id, memberships.user_id from organization
      join memberships on memberships.organization_id = organization.id
      where ${withAdmins} and memberships.role = 'admin'
    )
    select organization_id as "organizationId", jsonb_agg(user_id order by user_id) as "userIds"
    from recipient group by organization_id`)
  return new Map(rows.map(({ organizationId, userIds }) => [organizationId, userIds]))
}

/** Those of a query's organizations that are told anything by the clock: the column `organization_id`, each once. */
export function toldOrganizations(query: SQL): SQL {
  return sql`select organization_id from (select distinct organization_id from ${query}) as asked
    where ${hasUsedApi(sql`asked.organization_id`)} and exists (select 1 from groups
      join group_members on group_members.organization_id = groups.organization_id and group_members.group_id = groups.id
      where groups.organization_id = asked.organization_id and groups.account_alerts)`
}

/**
 * Whether a row's organization is among them. No join: where Postgres expects a handful of rows it joins each with each,
 * which of ten thousand takes longer than a statement may; this it hashes.
 */
export function isAmong(organizations: SQL): SQL {
  return sql`(organization_id in (select organization_id from ${organizations})) is true`
}
