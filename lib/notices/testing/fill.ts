import type postgres from 'postgres'
import { newId } from '@/lib/id'

/**
 * Very many organizations in as few statements, each with a key of any age in its year, half of which replaced
 * another one lately that is still in use.
 * @param owner connection of the schema's owner
 */
export async function fillOrganizationKeys(
  owner: postgres.Sql,
  { count, now }: { count: number; now: Date },
): Promise<void> {
  const mark = newId('org').slice(4, 12)
  const at = now.toISOString()
  await owner.begin(async (sql) => {
    await sql`insert into organizations (id, name)
      select 'org_' || ${mark}::text || n, 'Organization ' || n from generate_series(1, ${count}::int) as n`
    await sql`
      insert into organization_keys (id, organization_id, generation, lookup_digest, sealed_api_key, masked_prefix, last4,
        created_at, expires_at)
      select 'key_' || ${mark}::text || n, 'org_' || ${mark}::text || n, 2, sha256(('b' || n)::bytea), 'sealed', 'kt_org_test',
        'last', at, at + interval '365 days'
      from (select n, ${at}::timestamptz - (n % 335) * interval '1 day' as at
        from generate_series(1, ${count}::int) as n) as made`
    await sql`
      insert into organization_keys (id, organization_id, generation, lookup_digest, sealed_api_key, masked_prefix, last4,
        created_at, expires_at, revoked_at, accepted_until, successor_id)
      select 'key_' || ${mark}::text || 'a' || n, organization_id, 1, sha256(('a' || n)::bytea), 'sealed', 'kt_org_test',
        'last', keys.created_at - interval '335 days', keys.created_at + interval '30 days', keys.created_at,
        keys.created_at + interval '30 days', keys.id
      from generate_series(2, ${count}::int, 2) as n
      join organization_keys as keys on keys.id = 'key_' || ${mark}::text || n`
    await sql`
      insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
      select id, organization_id, '198.51.100.' || address, 'acme/3.1', ${at}
      from organization_keys, generate_series(1, 2) as address where id like 'key_' || ${mark}::text || 'a%'`
  })
}
