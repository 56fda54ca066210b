import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { alertRecipients } from '@/lib/groups/alert-recipients'
import { hasUsedApiSql } from './has-used-api'

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
      select id from jsonb_array_elements_text(${ids}::jsonb) as asked(id) where ${hasUsedApiSql(sql`asked.id`)}
    ), recipient as (
      select organization.id as organization_id, alerted.user_id from organization
      cross join lateral (${alertRecipients(sql`organization.id`)}) as alerted
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
    where ${hasUsedApiSql(sql`asked.organization_id`)}
      and exists (${alertRecipients(sql`asked.organization_id`)})`
}

/**
 * Whether a row's organization is among them. No join: where Postgres expects a handful of rows it joins each with each,
 * which of ten thousand takes longer than a statement may; this it hashes.
 */
export function isAmong(organizations: SQL): SQL {
  return sql`(organization_id in (select organization_id from ${organizations})) is true`
}
