import { type SQL, sql } from 'drizzle-orm'
import { containing } from '@/lib/like-pattern'
import type { ServiceKeyFilter } from './filter'
import { day, type serviceKeyStates } from './lifecycle'

/** The condition on `service_keys as keys` and `service_key_uses as uses`; the expressions are those of the indexes. */
export function matching(organizationId: string, filter: ServiceKeyFilter, now: Date): SQL {
  const { keyId, state, accessLevel, serviceUserId, unusedDays, isAnyAddress, neverExpires, name } = filter
  const conditions = [sql`keys.organization_id = ${organizationId}`, sql`keys.deleted_at is null`]
  if (keyId) conditions.push(sql`keys.id = ${keyId}`)
  if (state) conditions.push(stateCondition(state, now))
  if (accessLevel) conditions.push(sql`keys.access_level = ${accessLevel}`)
  if (serviceUserId) conditions.push(sql`keys.service_user_id = ${serviceUserId}`)
  if (unusedDays) {
    const since = new Date(now.getTime() - unusedDays * day).toISOString()
    conditions.push(sql`coalesce(uses.last_used_at, '-infinity') <= ${since} and keys.created_at <= ${since}`)
  }
  if (isAnyAddress) conditions.push(sql`keys.allowed_ranges = '{}'`)
  if (neverExpires) conditions.push(sql`keys.expires_at is null`)
  if (name) conditions.push(sql`lower(keys.name) like ${partPattern(name)}`)
  return sql.join(conditions, sql` and `)
}

function stateCondition(state: (typeof serviceKeyStates)[number], now: Date): SQL {
  const end = sql`coalesce(keys.expires_at, 'infinity')`
  if (state === 'expired') return sql`${end} <= ${now.toISOString()}`
  const isDisabled = state === 'disabled' ? sql`is not null` : sql`is null`
  return sql`${end} > ${now.toISOString()} and keys.disabled_at ${isDisabled}`
}

/** What is typed is a text and no pattern; Postgres makes its letters small as it did those of the names. */
export function partPattern(text: string): SQL {
  return sql`lower(${containing(text)})`
}
