import postgres from 'postgres'
import { newId } from '@/lib/id'
import { maskParts, newKeyText } from '@/lib/keys/token'

const keysEach = 10

/** Adds `count` Read keys that are limited to the loopback network, in one organization; their texts. */
export async function addLimitedKeys(databaseUrl: string, count: number): Promise<string[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const organizationId = newId('org')
  const users = Array.from({ length: Math.ceil(count / keysEach) }, () => newId('su'))
  const keys = Array.from({ length: count }, (_, index) => {
    const text = newKeyText('svc')
    const userId = users[Math.floor(index / keysEach)] ?? ''
    return { id: newId('key'), secretId: newId('sec'), userId, text, ...maskParts(text) }
  })
  const column = (name: keyof (typeof keys)[number]) => keys.map((key) => key[name])
  try {
    await sql`insert into organizations (id, name) values (${organizationId}, 'Bench')`
    await sql`insert into service_users (id, organization_id, name, created_at)
      select id, ${organizationId}, id, now() from unnest(${users}::text[]) as t (id)`
    await sql`insert into service_keys
        (id, organization_id, service_user_id, name, access_level, allowed_ranges, created_at, changed_at)
      select id, ${organizationId}, user_id, 'Bench', 'read', '{127.0.0.0/8,2001:db8::/32}', now(), now()
      from unnest(${column('id')}::text[], ${column('userId')}::text[]) as t (id, user_id)`
    await sql`insert into service_key_secrets (id, key_id, lookup_digest, masked_prefix, last4, created_at)
      select id, key_id, sha256(key_text::bytea), masked_prefix, last4, now()
      from unnest(${column('secretId')}::text[], ${column('id')}::text[], ${column('text')}::text[],
        ${column('maskedPrefix')}::text[], ${column('last4')}::text[])
        as t (id, key_id, key_text, masked_prefix, last4)`
  } finally {
    await sql.end()
  }
  return column('text')
}
