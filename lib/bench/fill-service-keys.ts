import postgres from 'postgres'

type Filling = {
  /** Ten for each of the organizations that have an admin. */
  count: number
  /** How many of them end in three days. */
  ending: number
  /** How many of them expired an hour ago. */
  expired: number
  now: Date
}

/**
 * Service keys of the organizations that have an admin, ten each, by few statements; the admin gets the account alerts.
 * Nobody is told of the keys: no API process runs.
 */
export async function fillServiceKeys(
  ownerUrl: string,
  { count, ending, expired, now }: Filling,
): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  const quiet = [
    ['service_keys', 'service_keys_ten_live'],
    ['service_key_secrets', 'service_key_secrets_facts'],
    ['service_key_secrets', 'service_key_secrets_announce_insert'],
  ] as const
  await owner.begin(async (sql) => {
    for (const [table, trigger] of quiet) await sql`alter table ${sql(table)} disable trigger ${sql(trigger)}`
    await sql`insert into groups (id, organization_id, name, account_alerts, created_at)
      select 'grp_' || substr(organization_id, 5), organization_id, 'Alerts', true, ${now} from memberships
      where user_id like 'usr_0%'`
    await sql`insert into group_members (organization_id, group_id, user_id)
      select organization_id, 'grp_' || substr(organization_id, 5), user_id from memberships where user_id like 'usr_0%'`
    await sql`insert into service_users (id, organization_id, name, created_at)
      select 'su_' || substr(organization_id, 5), organization_id, 'Tills', ${now} from memberships
      where user_id like 'usr_0%'`
    await sql`
      insert into service_keys (id, organization_id, service_user_id, name, access_level, created_at, changed_at, expires_at)
      select 'key_s' || lpad(n::text, 21, '0'), organization_id, 'su_' || substr(organization_id, 5), 'Till ' || n, 'read',
        ${now}::timestamptz - interval '100 days', ${now}::timestamptz - interval '100 days',
        case when n <= ${ending} then ${now}::timestamptz + interval '3 days'
          when n <= ${ending + expired} then ${now}::timestamptz - interval '1 hour'
          else ${now}::timestamptz + (30 + n % 300) * interval '1 day' end
      from (select organization_id, row_number() over () as n from memberships, generate_series(1, 10)
        where user_id like 'usr_0%' limit ${count}) as keys`
    await sql`insert into service_key_secrets (id, key_id, lookup_digest, masked_prefix, last4, created_at)
      select 'sec_' || substr(id, 5), id, sha256(id::bytea), 'kt_svc_abcd', right(id, 4), created_at from service_keys`
    await sql`set constraints all immediate`
    for (const [table, trigger] of quiet) await sql`alter table ${sql(table)} enable trigger ${sql(trigger)}`
  })
  await owner`vacuum analyze groups, group_members, service_users, service_keys, service_key_secrets, service_key_uses`
  await owner.end()
}
