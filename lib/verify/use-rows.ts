import type postgres from 'postgres'
import { holdsToken } from '@/lib/keys/holds-token'
import type { Use } from './entries'

type Write = (sql: postgres.Sql, uses: readonly Use[]) => postgres.PendingQuery<postgres.Row[]>

/** An organization key has a row for each address, a service key one row for all of its calls. */
export const acceptedPlace = 'accepted'
export const refusedPlace = 'refused'

/** How the uses of a place are written; one that is older than what is there changes nothing. */
export function writerOf({ place }: Use): Write {
  if (place === acceptedPlace) return writeAccepted
  return place === refusedPlace ? writeRefused : writeAddresses
}

const writeAddresses: Write = (sql, uses) => sql`
  insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
  select "keyId", "organizationId", address, "userAgent", to_timestamp(at / 1000) from ${rows(sql, uses)}
  on conflict (key_id, address) do update
    set user_agent = excluded.user_agent, last_used_at = excluded.last_used_at
    where excluded.last_used_at > key_uses.last_used_at`

const writeAccepted: Write = (sql, uses) => sql`
  insert into service_key_uses as known (key_id, organization_id, last_used_at, last_used_from, last_user_agent)
  select "keyId", "organizationId", to_timestamp(at / 1000), address, "userAgent" from ${rows(sql, uses)}
  on conflict (key_id) do update
    set last_used_at = excluded.last_used_at, last_used_from = excluded.last_used_from,
      last_user_agent = excluded.last_user_agent
    where known.last_used_at is null or excluded.last_used_at > known.last_used_at`

const writeRefused: Write = (sql, uses) => sql`
  insert into service_key_uses as known
    (key_id, organization_id, refused_at, refused_from, refused_user_agent, refused_code)
  select "keyId", "organizationId", to_timestamp(at / 1000), address, "userAgent", code from ${rows(sql, uses)}
  on conflict (key_id) do update
    set refused_at = excluded.refused_at, refused_from = excluded.refused_from,
      refused_user_agent = excluded.refused_user_agent, refused_code = excluded.refused_code
    where known.refused_at is null or excluded.refused_at > known.refused_at`

function rows(sql: postgres.Sql, uses: readonly Use[]) {
  // What a program calls itself is shown to people; a key that was sent there by mistake must not be.
  const shown = uses.map((use) => (holdsToken(use.userAgent) ? { ...use, userAgent: '[token]' } : use))
  return sql`jsonb_to_recordset(${JSON.stringify(shown)}::text::jsonb)
    as t ("keyId" text, "organizationId" text, address text, "userAgent" text, at float8, code text)`
}
