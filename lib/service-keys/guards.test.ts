import { beforeEach, describe, expect, test } from 'vitest'
import { rawSql } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { deleteKey } from './delete'
import { hour } from './lifecycle'
import { generated } from './testing/service-keys'

/** Long ago by the clock of Postgres, which the product's role cannot move. */
const start = new Date('2026-03-01T10:00:00Z')
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)

const { owner } = await testDatabase()
let ann: UserActor
let count = 0

beforeEach(async () => {
  const organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await createMember(organizationId, { email: `a${count}@example.com`, role: 'developer' })
})

async function facts(keyId: string) {
  const keys = await owner`select * from service_keys where id = ${keyId}`
  const secrets = await owner`select * from service_key_secrets where key_id = ${keyId} order by id`
  return { keys: [...keys], secrets: [...secrets] }
}

/** Tries it as the product's own role, and looks that nothing has changed. */
async function expectRefused(keyId: string, statement: string, message: RegExp): Promise<void> {
  const before = await facts(keyId)
  await expect(rawSql().unsafe(statement.replaceAll('$key', `'${keyId}'`)), statement).rejects.toThrow(
    message,
  )
  expect(await facts(keyId)).toEqual(before)
}

const newSecret = (at: string) =>
  `insert into service_key_secrets (id, key_id, lookup_digest, masked_prefix, last4, created_at)
   values ('sec_' || gen_random_uuid(), $key, sha256(gen_random_uuid()::text::bytea), 'kt_svc_0000', '0000', ${at})`

describe('Postgres refuses by itself', () => {
  test.each([
    ['to rename it', "name = 'New'"],
    ['to give it more', "access_level = 'full'"],
    ['to open its ranges', "allowed_ranges = '{}'"],
    ['to enable it', 'disabled_at = null'],
    ['to disable it', 'disabled_at = created_at'],
    ['to rename it while deleting it', "name = 'New', deleted_at = now()"],
    ['to postpone its end', "expires_at = now() + interval '1 year'"],
    ['to let it never end', 'expires_at = null'],
  ])('of an expired key %s', async (_, change) => {
    const expiresAt = later(hour)
    const { keyId } = await generated(
      ann,
      { accessLevel: 'read', allowedRanges: ['10.0.0.0/8'], expiresAt },
      start,
    )
    await owner`update service_keys set disabled_at = ${later(1)}, changed_at = ${later(1)}
      where id = ${keyId} and ${change.startsWith('disabled_at = null')}`
    for (const when of ['', ', changed_at = now()', ', changed_at = expires_at'])
      await expectRefused(keyId, `update service_keys set ${change}${when} where id = $key`, /final/)
  })

  test('another secret for an expired key and for a deleted one, and a second current one', async () => {
    const expired = await generated(ann, { expiresAt: later(hour) }, start)
    const deleted = await generated(ann, {}, start)
    await deleteKey({ keyId: deleted.keyId }, ann, later(1))
    for (const { keyId } of [expired, deleted]) await expectRefused(keyId, newSecret('now()'), /has ended/)
    const live = await generated(ann, {}, start)
    await expectRefused(live.keyId, newSecret('now()'), /service_key_secrets_one_current/)
  })

  test.each([
    ['a new date', "expires_at = now() + interval '1 year'"],
    ['another service user', "service_user_id = 'su_0000000000000000000000'"],
    ['another maker', 'created_by = null'],
    ['another moment of creation', "created_at = created_at - interval '1 day'"],
  ])('%s for a live key', async (_, change) => {
    const { keyId } = await generated(ann, {}, start)
    await expectRefused(
      keyId,
      `update service_keys set ${change}, changed_at = now() where id = $key`,
      /final/,
    )
  })

  test.each(['deleted_at = null, deleted_by = null', "name = 'New'", 'deleted_at = now()'])(
    'to change a deleted key: %s',
    async (change) => {
      const { keyId } = await generated(ann, {}, start)
      await deleteKey({ keyId }, ann, later(1))
      await expectRefused(
        keyId,
        `update service_keys set ${change}, changed_at = now() where id = $key`,
        /final/,
      )
    },
  )

  test.each([
    ['{10.0.0.1/8}', /invalid cidr value/],
    ['{10.0.0.0/8,2001:db8::1/32}', /invalid cidr value/],
    ['{nowhere}', /invalid input syntax/],
    [`{${Array.from({ length: 101 }, (_, n) => `10.0.${n}.0/24`).join(',')}}`, /service_keys_allowed_ranges/],
  ])('ranges that are none: %s', async (ranges, message) => {
    const { keyId } = await generated(ann, {}, start)
    await expectRefused(
      keyId,
      `update service_keys set allowed_ranges = '${ranges}', changed_at = now() where id = $key`,
      message,
    )
  })

  test('an end that is not after the beginning, a name of blanks, a level that is none', async () => {
    const { keyId } = await generated(ann, {}, start)
    const copy = (changes: Record<string, string>) => {
      const { name = 'name', level = 'access_level', end = 'null' } = changes
      return `insert into service_keys (id, organization_id, service_user_id, name, access_level, created_at, changed_at, expires_at)
        select 'key_copy', organization_id, service_user_id, ${name}, ${level}, created_at, created_at, ${end}
        from service_keys where id = $key`
    }
    await expectRefused(keyId, copy({ end: 'created_at' }), /service_keys_expires_after_creation/)
    await expectRefused(keyId, copy({ name: "'   '" }), /service_keys_name_has_text/)
    await expectRefused(keyId, copy({ level: "'admin'" }), /service_keys_access_level/)
  })

  test('an eleventh live key', async () => {
    const { keyId } = await generated(ann, {}, start)
    for (let n = 0; n < 9; n++) await generated(ann, {}, start)
    await expectRefused(
      keyId,
      `insert into service_keys (id, organization_id, service_user_id, name, access_level, created_at, changed_at)
       select 'key_eleven', organization_id, service_user_id, name, access_level, now(), now() from service_keys where id = $key`,
      /ten live keys/,
    )
  })

  test('a secret of another text, one that is accepted for longer, and more than seven days', async () => {
    const { keyId } = await generated(ann, {}, start)
    const of = (change: string) => `update service_key_secrets set ${change} where key_id = $key`
    await expectRefused(keyId, of("lookup_digest = sha256('x')"), /final/)
    await expectRefused(
      keyId,
      of("replaced_at = now(), accepted_until = now() + interval '169 hours'"),
      /service_key_secrets_overlap/,
    )
    await expectRefused(keyId, of('replaced_at = now()'), /service_key_secrets_replaced_has_deadline/)
    await owner`update service_key_secrets set replaced_at = ${start}, accepted_until = ${later(hour)} where key_id = ${keyId}`
    await expectRefused(keyId, of("accepted_until = accepted_until + interval '1 second'"), /final/)
    await expectRefused(keyId, of('replaced_at = null, accepted_until = null'), /final/)
  })

  test('to remove what auditors look for', async () => {
    const { keyId } = await generated(ann, {}, start)
    for (const [table, column] of [
      ['service_keys', 'id'],
      ['service_key_secrets', 'key_id'],
      ['service_key_uses', 'key_id'],
    ])
      await expectRefused(keyId, `delete from ${table} where ${column} = $key`, /permission denied/)
  })
})
