import { type SQL, sql } from 'drizzle-orm'
import type { Use } from '@/lib/notices/kinds'
import { isAmong, toldOrganizations } from '@/lib/notices/recipients'
import { day } from '@/lib/organization-keys/lifecycle'
import { bandsAt, furthestDays, type Milestone } from './milestones'
import { isUntold } from './untold'

/** A successor that is missing for as long as this is missing because something is wrong. */
const overdueDays = 1
const mostUses = 5

/** Which keys: their end, since when a use of them counts, and what is asked of their row. */
export type Ending = { endsAt: SQL; since: SQL; where: SQL }

export function retiring(now: Date): Ending {
  return {
    endsAt: sql`keys.accepted_until`,
    since: sql`keys.revoked_at`,
    // A milestone that had passed before the replacement was never one of this overlap.
    where: sql`keys.deleted_at is null and ${within(sql`keys.accepted_until`, now)}
      and keys.accepted_until - bands.days * interval '24 hours' >= keys.revoked_at`,
  }
}

export function overdue(now: Date): Ending {
  const latest = new Date(now.getTime() - overdueDays * day)
  return {
    endsAt: sql`keys.expires_at`,
    since: sql`keys.created_at`,
    where: sql`keys.deleted_at is null and keys.successor_id is null and keys.expires_at is not null
      and organization_key_replacement_due(keys.created_at, keys.expiration_restored_at, keys.expires_at, keys.replace_by)
        <= ${latest.toISOString()}::timestamptz
      and ${within(sql`keys.expires_at`, now)}`,
  }
}

function within(end: SQL, now: Date): SQL {
  const furthest = new Date(now.getTime() + furthestDays * day)
  return sql`${end} > ${now.toISOString()}::timestamptz and ${end} <= ${furthest.toISOString()}::timestamptz`
}

export type EndingRow = {
  id: string
  organizationId: string
  days: Milestone
  maskedPrefix: string
  last4: string
  successorPrefix: string | null
  successorLast4: string | null
  endsAt: string
  uses: Use[]
  addresses: number
}

/**
 * The keys that miss a notice, the nearest ends first, with who uses them. A milestone is not told after a smaller one,
 * which a clock that is set back would bring. Whoever changes one of the keys comes first.
 */
export function endingQuery({ endsAt, since, where }: Ending, now: Date, batch: number): SQL {
  return sql`
    with bands as (
      select * from jsonb_to_recordset(${JSON.stringify(bandsAt(now))}::jsonb)
        as bands(days int, after timestamptz, until timestamptz)
    ), missing as materialized (
      select keys.id, keys.organization_id, bands.days, ${endsAt} as ends_at, ${since} as since,
        keys.successor_id
      from organization_keys as keys join bands on ${endsAt} > bands.after and ${endsAt} <= bands.until
      where ${where}
        and ${isUntold(sql`keys.id`, 'organization-key-ending', sql`(notices.facts->>'daysLeft')::int <= bands.days`)}
    ), used as materialized (
      select missing.* from missing where (
        select max(last_used_at) from key_uses where key_uses.key_id = missing.id) > missing.since
    ), told as materialized (${toldOrganizations(sql`used`)}
    ), picked as materialized (
      select used.* from used where ${isAmong(sql`told`)}
      order by ends_at, id limit ${batch}
    ), locked as materialized (
      select picked.*, keys.masked_prefix, keys.last4
      from picked join organization_keys as keys on keys.id = picked.id
      join organizations on organizations.id = picked.organization_id
      where keys.deleted_at is null and ${endsAt} = picked.ends_at
        and keys.successor_id is not distinct from picked.successor_id
      for no key update of keys skip locked
      for key share of organizations skip locked
    )
    select locked.id, locked.organization_id as "organizationId", locked.days, locked.ends_at as "endsAt",
      locked.masked_prefix as "maskedPrefix", locked.last4,
      successors.masked_prefix as "successorPrefix", successors.last4 as "successorLast4", users.uses, users.addresses
    from locked
    left join organization_keys as successors on successors.id = locked.successor_id
    cross join lateral (
      select (select count(*)::int from key_uses
          where key_uses.key_id = locked.id and key_uses.last_used_at > locked.since) as addresses,
        (select jsonb_agg(newest) from (
          select last_used_at as at, address, user_agent as "userAgent" from key_uses
          where key_uses.key_id = locked.id and key_uses.last_used_at > locked.since
          order by last_used_at desc limit ${mostUses}) as newest) as uses
    ) as users
    order by locked.ends_at, locked.id`
}
