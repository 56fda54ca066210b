import { beforeAll, expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabaseWithMail } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { deleteKey } from '@/lib/service-keys/delete'
import { disable } from '@/lib/service-keys/disable'
import { editSomeIn } from '@/lib/service-keys/edit'
import { enable } from '@/lib/service-keys/enable'
import { northwindServiceKeys } from './northwind-keys'
import { member, organization } from './people'
import { seed } from './seed'

const { owner } = await testDatabaseWithMail()
let admin: UserActor

beforeAll(async () => {
  await seed()
  const northwind = await organization({ name: 'Northwind' })
  admin = await member(northwind, { email: 'admin@example.com', role: 'admin' })
}, 60_000)

const keysOf = (organizationId: string) =>
  owner<{ id: string; name: string; deletedAt: Date | null; disabledAt: Date | null }[]>`
    select id, name, deleted_at as "deletedAt", disabled_at as "disabledAt" from service_keys
    where organization_id = ${organizationId} order by created_at, id`
const keyOf = async (name: string) => (await keysOf(admin.organizationId)).find((key) => key.name === name)

const rename = (keyId: string, name: string, by: UserActor) =>
  db().transaction((tx) => editSomeIn(tx, { keyId, name }, by, new Date()))

async function everything(): Promise<unknown> {
  const [keys] =
    await owner`select count(*)::int, md5(string_agg(k::text, '' order by id)) from service_keys k`
  const [secrets] = await owner`select count(*)::int from service_key_secrets`
  const [events] = await owner`select count(*)::int from audit_events`
  const [calls] = await owner`select count(*)::int from requests`
  const [notices] = await owner`select count(*)::int from notice_deliveries`
  return { keys, secrets, events, calls, notices }
}

test('the demo has service keys in every state, with their last calls', async () => {
  const [row] = await owner`select count(*) filter (where disabled_at is not null)::int as disabled,
      count(*) filter (where deleted_at is not null)::int as deleted,
      count(*) filter (where expires_at < now())::int as expired,
      count(last_used_at)::int as used, count(refused_at)::int as refused
    from service_keys join service_key_uses on key_id = id`
  expect(row).toEqual({ disabled: 1, deleted: 1, expired: 1, used: 19, refused: 4 })
})

test('people have been told what happened and what ends, in a dozen mails beside support’s answer', async () => {
  const told = await owner`select email, count(*) filter (where read_at is null)::int as unread
    from notice_deliveries join users on users.id = user_id group by email order by email`
  const byEmail = Object.fromEntries(told.map(({ email, unread }) => [email, unread]))
  expect(Object.keys(byEmail)).toEqual([
    'admin2@example.com',
    'admin@contoso.example',
    'admin@example.com',
    'developer@example.com',
  ])
  for (const unread of Object.values(byEmail)) expect(unread).toBeGreaterThan(0)
  const [row] = await owner`select count(mailed_at)::int as mailed, count(next_mail_at)::int as waiting,
    count(dropped_at)::int as dropped, count(*) filter (where kind = 'media-limit-decided')::int as answers
    from notice_deliveries join notices on id = notice_id`
  expect(row).toMatchObject({ waiting: 0, dropped: 0, answers: 2 })
  expect(row?.mailed - row?.answers).toBeLessThanOrEqual(12)
})

test('the schedule has replaced a key, which is still used', async () => {
  const [row] = await owner`select revoked_by, last_used_at > revoked_at as "isUsed"
    from organization_keys join key_uses on key_id = id where revoked_at is not null and revoked_by is null
    order by last_used_at desc limit 1`
  expect(row).toEqual({ revoked_by: null, isUsed: true })
})

test('whatever becomes of its keys, the next start finds it whole', async () => {
  const contoso = await organization({ name: 'Contoso' })
  const taylor = await member(contoso, { email: 'admin@contoso.example', role: 'admin' })
  const [stock, report] = await keysOf(contoso)
  await rename(report?.id ?? '', 'Renamed', taylor)
  await deleteKey({ keyId: stock?.id ?? '', typedName: 'Stock levels' }, taylor)
  const before = await everything()
  await seed()
  expect(await everything()).toEqual(before)
  await deleteKey({ keyId: report?.id ?? '', typedName: 'Renamed' }, taylor)
  const after = await everything()
  await seed()
  expect(await everything()).toEqual(after)
})

test('a seed that is taken up again undoes and repeats nothing that a person did to its keys', async () => {
  const id = async (name: string) => (await keyOf(name))?.id ?? ''
  const staging = await id('Billing sync, staging')
  expect(await enable({ keyId: staging }, admin)).toMatchObject({ ok: true })
  const billing = await id('Billing sync')
  expect(await deleteKey({ keyId: billing, typedName: 'Billing sync' }, admin)).toMatchObject({ ok: true })
  expect(await disable({ keyId: await id('CRM export') }, admin)).toMatchObject({ ok: true })
  for (const key of await keysOf(admin.organizationId))
    if (key.deletedAt === null) await rename(key.id, `${key.name}, mine`, admin)
  // A name of the demo's that another key has by now.
  await rename(await id('Chat bot, mine'), 'Status page', admin)
  const before = await everything()
  const calling = await northwindServiceKeys({ admin, developer: admin }, new Date())
  expect(calling).toMatchObject({ billing, staging })
  expect(await everything()).toEqual(before)
})
