import { expect, test } from 'vitest'
import {
  day,
  insertKey,
  insertOrganization,
  insertRevokedKey,
  insertServiceKey,
  replaceServiceKeySecret,
  secretOf,
  type TestServiceKeyFacts,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { ask } from './testing/ask'
import { newServiceKey, type ServiceKeyAnswer } from './testing/service-keys'
import { testApi } from './testing/test-api'

const { sql, running, signer } = await testApi()
const organizationId = await insertOrganization(sql)
const path = '/v1/service-keys'

async function keyWith(facts: TestServiceKeyFacts = {}) {
  const key = await insertServiceKey(sql, organizationId, facts)
  await until(() => running.keeper.list.key(key.id) !== undefined)
  const [secret] = await sql`select id from service_key_secrets where key_id = ${key.id}`
  return { ...key, secretId: secret?.id as string }
}

const send = (token: string, method: string, to = '', body?: unknown) =>
  ask(running.url, method, path + to, { token, body })

const inAnHour = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000)
const later = new Date(inAnHour.getTime() + 1_000)
const narrow = { allowedRanges: ['127.0.0.0/16'], expiresAt: inAnHour }
const narrowText = { allowedRanges: ['127.0.0.0/16'], expiresAt: inAnHour.toISOString() }

test.each<[string, Record<string, unknown>, string[] | null]>([
  ['what the caller has itself', {}, null],
  ['less of everything', { accessLevel: 'read', allowedRanges: ['127.0.0.1'] }, null],
  ['a wider range', { allowedRanges: ['127.0.0.0/15'] }, ['allowedRanges']],
  ['another range too', { allowedRanges: ['127.0.0.0/16', '10.0.0.0/8'] }, ['allowedRanges']],
  ['the other family', { allowedRanges: ['::/0'] }, ['allowedRanges']],
  ['any address', { allowedRanges: [] }, ['allowedRanges']],
  ['a later end', { expiresAt: later.toISOString() }, ['expiresAt']],
  ['no end', { expiresAt: null }, ['expiresAt']],
  ['no limits at all', { allowedRanges: [], expiresAt: null }, ['allowedRanges', 'expiresAt']],
])('a narrow key that would make one with %s', async (_, given, exceeds) => {
  const caller = await keyWith(narrow)
  const count = async () => (await sql`select count(*) from service_keys`)[0]?.count
  const before = Number(await count())
  const body = newServiceKey({ accessLevel: 'full', ...narrowText, ...given })
  const answer = await send(caller.text, 'POST', '', body)
  expect(answer.status).toBe(exceeds === null ? 201 : 403)
  if (exceeds) expect(answer.body).toMatchObject({ code: 'GRANTS_TOO_MUCH', exceeds })
  expect(Number(await count())).toBe(before + (exceeds === null ? 1 : 0))
})

test('a narrow key may not touch a wider one in any way that gives, and may in those that take', async () => {
  const caller = await keyWith(narrow)
  const wider = await keyWith()
  const disabled = await keyWith({ disabledAt: new Date() })
  const reader = await keyWith({ accessLevel: 'read' })
  const neighbour = await keyWith({ ...narrow, allowedRanges: ['127.0.0.0/17'] })
  for (const [method, to, body] of [
    ['PATCH', `/${reader.id}`, { accessLevel: 'full' }],
    ['PATCH', `/${neighbour.id}`, { allowedRanges: ['127.0.0.0/15'] }],
    ['POST', `/${wider.id}:rotate`, { secretId: wider.secretId }],
    ['POST', `/${disabled.id}:enable`, undefined],
  ] as const) {
    const answer = await send(caller.text, method, to, body)
    expect([to, answer.status, answer.body.code]).toEqual([to, 403, 'GRANTS_TOO_MUCH'])
  }
  for (const body of [{ name: 'Renamed' }, { accessLevel: 'read' }, { allowedRanges: ['192.0.2.1'] }])
    expect((await send(caller.text, 'PATCH', `/${wider.id}`, body)).status).toBe(200)
  expect((await send(caller.text, 'POST', `/${wider.id}:disable`)).status).toBe(200)
  expect((await send(caller.text, 'DELETE', `/${disabled.id}`)).status).toBe(200)
})

test('a key may rotate and narrow itself, and never widen itself', async () => {
  const caller = await keyWith(narrow)
  const own = `/${caller.id}`
  for (const body of [{ allowedRanges: [] }, { allowedRanges: ['127.0.0.0/8'] }])
    expect((await send(caller.text, 'PATCH', own, body)).status).toBe(403)
  expect((await send(caller.text, 'PATCH', own, { allowedRanges: ['127.0.0.0/24'] })).status).toBe(200)
  expect((await send(caller.text, 'PATCH', own, { allowedRanges: ['127.0.0.0/16'] })).status).toBe(403)

  const rotated = await send(caller.text, 'POST', `${own}:rotate`, { secretId: caller.secretId })
  const { key } = rotated.body.data as ServiceKeyAnswer
  await until(async () => (await send(caller.text, 'GET', own)).status === 401)
  expect((await send(key ?? '', 'PATCH', own, { accessLevel: 'read' })).status).toBe(200)
  expect((await send(key ?? '', 'PATCH', own, { accessLevel: 'full' })).status).toBe(403)
})

test('who was narrowed or disabled a moment ago cannot undo it before processes have heard of it', async () => {
  for (let round = 0; round < 10; round++) {
    const disabled = await keyWith()
    await sql`update service_keys set disabled_at = now(), changed_at = now() where id = ${disabled.id}`
    const again = await send(disabled.text, 'POST', `/${disabled.id}:enable`)
    const another = await send(disabled.text, 'POST', '', newServiceKey())
    expect([again.status, another.status]).toEqual([401, 401])

    const narrowed = await keyWith()
    await sql`update service_keys set access_level = 'read', changed_at = now() where id = ${narrowed.id}`
    const widened = await send(narrowed.text, 'PATCH', `/${narrowed.id}`, { accessLevel: 'full' })
    expect(widened.status).toBe(403)
  }
})

test('who was disabled a moment ago changes nothing any more, nor takes anything away', async () => {
  const other = await keyWith()
  const disabled = await keyWith()
  await sql`update service_keys set disabled_at = now(), changed_at = now() where id = ${disabled.id}`
  const before = await sql`select * from service_keys where id = ${other.id}`
  for (const [method, to, body] of [
    ['PATCH', `/${other.id}`, { name: 'Renamed' }],
    ['PATCH', `/${other.id}`, { accessLevel: 'read' }],
    ['POST', `/${other.id}:disable`, undefined],
    ['DELETE', `/${other.id}`, undefined],
  ] as const)
    expect([to, (await send(disabled.text, method, to, body)).status]).toEqual([to, 401])
  expect(await sql`select * from service_keys where id = ${other.id}`).toEqual(before)
})

test.each(['disable', 'delete'])(
  'a key that would %s itself may, and its next call is refused',
  async (verb) => {
    const caller = await keyWith()
    const own = `/${caller.id}`
    const done =
      verb === 'delete'
        ? await send(caller.text, 'DELETE', own)
        : await send(caller.text, 'POST', `${own}:disable`)
    expect(done.status).toBe(200)
    await until(async () => (await send(caller.text, 'GET', own)).status === 401, 1_000)
  },
)

test('a replaced secret makes nothing that outlives its overlap, and no other secret', async () => {
  const caller = await keyWith()
  const acceptedUntil = new Date(Date.now() + 600_000)
  await replaceServiceKeySecret(sql, caller, new Date(), acceptedUntil)
  await until(async () => (await send(caller.text, 'POST', '', newServiceKey())).status === 403)
  const [current] =
    await sql`select id from service_key_secrets where key_id = ${caller.id} and replaced_at is null`
  const answer = await send(caller.text, 'POST', `/${caller.id}:rotate`, { secretId: current?.id })
  expect([answer.status, answer.body.code]).toEqual([403, 'GRANTS_TOO_MUCH'])
  const brief = newServiceKey({ expiresAt: acceptedUntil.toISOString() })
  expect((await send(caller.text, 'POST', '', brief)).status).toBe(201)
})

test('an organization key in grace makes nothing that outlives its grace', async () => {
  const graceEndsAt = new Date(Date.now() + 2 * day)
  const facts = { revokedAt: new Date(Date.now() - day), acceptedUntil: graceEndsAt }
  const { key, successor } = await insertRevokedKey(sql, organizationId, facts)
  await until(() => running.keeper.list.key(successor.id) !== undefined)
  const token = secretOf(key, signer)
  const wanted = (end: number) => newServiceKey({ expiresAt: new Date(end).toISOString() })
  expect((await send(token, 'POST', '', wanted(graceEndsAt.getTime() + 1))).status).toBe(403)
  expect((await send(token, 'POST', '', wanted(graceEndsAt.getTime()))).status).toBe(201)
})

test('what a key did stands in the audit log under its name', async () => {
  const own = await insertOrganization(sql)
  const caller = await insertServiceKey(sql, own, { name: 'Key robot' })
  await until(() => running.keeper.list.key(caller.id) !== undefined)
  const headers = { 'User-Agent': 'robot/1.0' }
  const call = (method: string, to: string, body?: unknown) =>
    ask(running.url, method, path + to, { token: caller.text, body, headers })
  const { id, secretId } = (await call('POST', '', newServiceKey())).body.data as ServiceKeyAnswer
  await call('PATCH', `/${id}`, { name: 'Renamed' })
  await call('POST', `/${id}:rotate`, { secretId })
  await call('POST', `/${id}:disable`)
  await call('POST', `/${id}:enable`)
  await call('DELETE', `/${id}`)
  const events = await sql`select action, actor_kind, actor_id, actor_name, subject_id, address, user_agent
    from audit_events where chain = ${own} order by sequence`
  const verbs = ['generated', 'edited', 'rotated', 'disabled', 'enabled', 'deleted']
  expect(events.map((event) => ({ ...event }))).toEqual(
    verbs.map((verb) => ({
      action: `service-key.${verb}`,
      actor_kind: 'key',
      actor_id: caller.id,
      actor_name: 'Key robot',
      subject_id: id,
      address: '127.0.0.1',
      user_agent: 'robot/1.0',
    })),
  )
})

test('the organization key that expires grants until then', async () => {
  const expiresAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + day)
  const other = await insertOrganization(sql)
  const key = await insertKey(sql, other, { expiresAt })
  await until(() => running.keeper.list.key(key.id) !== undefined)
  const token = secretOf(key, signer, { exp: expiresAt.getTime() / 1000 })
  const never = await send(token, 'POST', '', newServiceKey())
  expect(never.body.detail).toContain(`an end not after ${expiresAt.toISOString().slice(0, 19)}Z`)
  expect((await send(token, 'POST', '', newServiceKey({ expiresAt: expiresAt.toISOString() }))).status).toBe(
    201,
  )
})

test('a Secret from before the expiration was removed grants until its own end', async () => {
  const exp = Math.ceil((Date.now() + day) / 1000)
  const other = await insertOrganization(sql)
  const key = await insertKey(sql, other, { expiresAt: null })
  await until(() => running.keeper.list.key(key.id) !== undefined)
  const token = secretOf(key, signer, { exp })
  const made = (end: number | null) =>
    send(token, 'POST', '', newServiceKey({ expiresAt: end && new Date(end).toISOString() }))
  expect((await made(null)).body).toMatchObject({ code: 'GRANTS_TOO_MUCH', exceeds: ['expiresAt'] })
  expect((await made(exp * 1000 + 1)).status).toBe(403)
  expect((await made(exp * 1000)).status).toBe(201)
})
