import type postgres from 'postgres'
import { createMember, createOrganization } from '@/db/factories'
import type { UserActor } from '@/lib/auth/actor'
import { issue } from '@/lib/organization-keys/issue'

export type Scheduled = { organizationId: string; admin: UserActor; keyId: string }

let count = 0

/** An organization with an admin and a key of `days` days; it has used the API. */
export async function organizationWithKey(
  owner: postgres.Sql,
  createdAt: Date,
  days = 365,
): Promise<Scheduled> {
  const number = ++count
  const organizationId = await createOrganization({ name: `Org ${number}`, replaceEveryDays: days })
  const admin = await createMember(organizationId, { email: `admin${number}@example.com`, role: 'admin' })
  const issued = await issue({}, admin, createdAt)
  if (!issued.ok) throw new Error(issued.reason)
  const { keyId } = issued.value
  await owner`insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
    values (${keyId}, ${organizationId}, '203.0.113.7', 'curl/8', ${createdAt})`
  return { organizationId, admin, keyId }
}

/** What became of an organization's keys, oldest first, and what was recorded and told of it. */
export async function whatHappened(owner: postgres.Sql, organizationId: string) {
  const keys = await owner`
    select id, generation, created_at, created_by, expires_at, revoked_at, revoked_by, accepted_until, successor_id
    from organization_keys where organization_id = ${organizationId} order by generation`
  const events = await owner`
    select action, actor_kind, subject_id, details from audit_events where chain = ${organizationId} order by sequence`
  const notices = await owner`
    select kind, subject_id, occasion, facts from notices where organization_id = ${organizationId} order by created_at`
  return { keys: [...keys], events: [...events], notices: [...notices] }
}
