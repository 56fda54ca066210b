import type postgres from 'postgres'
import { newId } from '@/lib/id'

type Filling = { count: number; now: Date }

/**
 * Fills an organization with keys as they pile up in years, in one statement a table: ten a service user, of every
 * level and state, used and never used. `analyze` follows, as autovacuum would.
 * @param owner connection of the schema's owner
 * @returns the text behind a digest is `kt_svc_` and the key's number
 */
export async function fillServiceKeys(
  owner: postgres.Sql,
  organizationId: string,
  filling: Filling,
): Promise<void> {
  await owner.begin(async (sql) => {
    // To count ten for each of them, one row after another, takes minutes; that they are ten is true here.
    await sql`alter table service_keys disable trigger service_keys_ten_live`
    await insertKeys(sql, organizationId, filling)
    await sql`alter table service_keys enable trigger service_keys_ten_live`
  })
  await owner`analyze service_keys, service_key_secrets, service_key_uses, service_users`
}

async function insertKeys(
  sql: postgres.TransactionSql,
  organizationId: string,
  { count, now }: Filling,
): Promise<void> {
  const mark = newId('su').slice(3, 11)
  const at = now.toISOString()
  await sql`
    insert into service_users (id, organization_id, name, created_at)
    select 'su_' || ${mark} || lpad(n::text, 14, '0'), ${organizationId}, 'Service ' || n, ${at}::timestamptz - interval '3 years'
    from generate_series(0, ${Math.ceil(count / 10) - 1}::int) as n`
  await sql`
    insert into service_keys (id, organization_id, service_user_id, name, access_level, allowed_ranges,
      created_at, changed_at, expires_at, disabled_at)
    select 'key_' || ${mark} || lpad(n::text, 14, '0'), ${organizationId},
      'su_' || ${mark} || lpad((n / 10)::text, 14, '0'),
      (array['Billing sync', 'CRM export', 'Nightly import', 'Warehouse', 'Webhook relay', 'Ünder test', 'Report'])[n % 7 + 1]
        || ' ' || substr(md5(n::text), 1, 6),
      (array['read', 'read-write', 'full'])[n % 3 + 1],
      case when n % 2 = 0 then '{}' else array['10.' || n % 256 || '.0.0/16', '2001:db8::/32'] end,
      created_at, created_at,
      case
        when n % 5 = 0 then null
        when n % 5 = 1 then created_at + (${at}::timestamptz - created_at) * 0.9
        else ${at}::timestamptz + (n % 400 + 1) * interval '1 day' end,
      case when n % 11 = 0 then created_at + (${at}::timestamptz - created_at) * 0.5 end
    from (
      select n, ${at}::timestamptz - interval '700 days' * ((n * 7919) % ${count} + 1) / ${count} as created_at
      from generate_series(0, ${count - 1}::int) as n
    ) as numbers`
  await sql`
    insert into service_key_secrets (id, key_id, lookup_digest, masked_prefix, last4, created_at)
    select 'sec_' || substr(id, 5), id, sha256(('kt_svc_' || id)::bytea), 'kt_svc_' || substr(id, 5, 4), right(id, 4), created_at
    from service_keys where organization_id = ${organizationId}`
  await sql`
    update service_key_uses as uses
    set last_used_at = greatest(keys.created_at, ${at}::timestamptz - (hashtext(keys.id)::bigint & 1023) * interval '4 hours'),
      last_used_from = '198.51.100.7', last_user_agent = 'sync/1.0'
    from service_keys as keys
    where keys.id = uses.key_id and keys.organization_id = ${organizationId} and hashtext(keys.id) % 4 <> 0`
}
