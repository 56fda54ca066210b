import type postgres from 'postgres'
import type { RequestFilter } from './inputs'
import { outcomeConditions } from './outcome'

/**
 * The condition on `requests` that a filter makes; it always binds the organization. A key of another organization
 * is as good as none, and is found out before any of its rows is read.
 */
export function matching(sql: postgres.Sql, organizationId: string, filter: RequestFilter) {
  const { customerRequestId, keyId, outcome, from, to } = filter
  return sql`
    organization_id = ${organizationId}
    ${customerRequestId === undefined ? sql`` : sql`and customer_request_id = ${customerRequestId}`}
    ${
      keyId === undefined
        ? sql``
        : sql`and key_id = ${keyId} and exists (
            select from organization_keys where id = ${keyId} and organization_id = ${organizationId}
            union all
            select from service_keys where id = ${keyId} and organization_id = ${organizationId})`
    }
    ${outcome === undefined ? sql`` : sql`and ${sql.unsafe(outcomeConditions[outcome])}`}
    ${from === undefined ? sql`` : sql`and at >= ${from.toISOString()}::timestamptz`}
    ${to === undefined ? sql`` : sql`and at < ${to.toISOString()}::timestamptz`}`
}
