import type postgres from 'postgres'

type Filling = {
  count: number
  /** How many of them the schedule has to replace at `now`. */
  due: number
  now: Date
}

/**
 * Organizations with a key each, by few statements. Those whose key is due have used the API, and have an admin. API
 * processes are told once: they read everything again.
 */
export async function fillOrganizationKeys(sql: postgres.Sql, { count, due, now }: Filling): Promise<void> {
  const numbered = (prefix: string) => sql`${prefix}::text || lpad(n::text, 22, '0')`
  const [org, key, usr] = [numbered('org_'), numbered('key_'), numbered('usr_')]
  await sql.begin(async (tx) => {
    await tx`alter table organization_keys disable trigger organization_keys_announce_insert`
    await tx`insert into organizations (id, name) select ${org}, 'Organization ' || n from generate_series(1, ${count}::int) n`
    await tx`
      insert into organization_keys (id, organization_id, generation, lookup_digest, sealed_api_key, masked_prefix, last4,
        created_at, expires_at)
      select ${key}, ${org}, 1, sha256(('key ' || n)::bytea), 'unused', 'kt_org_abcd', right(n::text, 4), at,
        at + interval '365 days'
      from generate_series(1, ${count}::int) n,
        lateral (select case when n % ${Math.floor(count / due)}::int = 0
          then ${now}::timestamptz - interval '335 days' - n * interval '1 millisecond'
          else ${now}::timestamptz - (n % 300) * interval '1 day' end as at) made`
    await tx`insert into users (id, email)
      select ${usr}, 'admin' || n || '@example.com' from generate_series(1, ${count}::int) n
      where n % ${Math.floor(count / due)}::int = 0`
    await tx`insert into memberships (organization_id, user_id, role)
      select ${org}, ${usr}, 'admin' from generate_series(1, ${count}::int) n
      where n % ${Math.floor(count / due)}::int = 0`
    await tx`insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
      select ${key}, ${org}, '203.0.113.7', 'curl/8', ${now} from generate_series(1, ${count}::int) n
      where n % ${Math.floor(count / due)}::int = 0`
    // What the table waits for until the end, its schema cannot wait for.
    await tx`set constraints all immediate`
    await tx`alter table organization_keys enable trigger organization_keys_announce_insert`
    await tx`delete from operational_changes`
    await tx`update operational_version set version = version + 1`
  })
  await sql`vacuum analyze organizations, organization_keys, users, memberships, key_uses`
}
