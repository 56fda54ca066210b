import { beforeAll, describe, expect, test } from 'vitest'
import { accessLevels } from '@/lib/keys/access-level'
import { newKeyText } from '@/lib/keys/token'
import { signSecret } from '@/lib/organization-keys/secret'
import {
  claimsOf,
  day,
  deleteServiceKey,
  insertKey,
  insertOrganization,
  insertServiceKey,
  replaceServiceKeySecret,
  type TestServiceKeyFacts,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { ask } from './testing/ask'
import { serviceKeyRoutes } from './testing/service-keys'
import { testApi } from './testing/test-api'

const { sql, running, signer } = await testApi()
const mine = await insertOrganization(sql)
const theirs = await insertOrganization(sql)

/** Who asks, by what they send; undefined sends nothing. */
const callers = new Map<string, string | undefined>([
  ['nobody', undefined],
  ['somebody with a text that is no key', 'hello'],
  ['somebody with a key that nobody knows', newKeyText('svc')],
])

async function serviceKeyOf(organizationId: string, facts: TestServiceKeyFacts = {}): Promise<string> {
  return (await insertServiceKey(sql, organizationId, facts)).text
}

beforeAll(async () => {
  for (const accessLevel of accessLevels) callers.set(accessLevel, await serviceKeyOf(mine, { accessLevel }))
  const past = { createdAt: new Date(Date.now() - 2 * day), expiresAt: new Date(Date.now() - day) }
  callers.set('expired', await serviceKeyOf(mine, past))
  callers.set('disabled', await serviceKeyOf(mine, { disabledAt: new Date() }))
  callers.set('elsewhere', await serviceKeyOf(mine, { allowedRanges: ['203.0.113.0/24'] }))
  callers.set('here', await serviceKeyOf(mine, { allowedRanges: ['127.0.0.0/8'] }))
  callers.set('another organization', await serviceKeyOf(theirs))
  const organizationKey = await insertKey(sql, mine, { expiresAt: null })
  const { exp: _, ...neverEnding } = claimsOf(organizationKey)
  callers.set('organization key', signSecret(neverEnding, signer))

  const deleted = await insertServiceKey(sql, mine)
  callers.set('deleted', deleted.text)
  await deleteServiceKey(sql, deleted)
  const rotated = await insertServiceKey(sql, mine)
  const before = new Date(Date.now() - 60_000)
  callers.set('replaced', rotated.text)
  await replaceServiceKeySecret(sql, rotated, before, before)
  const last = await insertServiceKey(sql, mine)
  await until(() => running.keeper.list.key(last.id) !== undefined)
})

/** A key of mine, as the route needs it. */
async function targetOf(route: string): Promise<{ id: string; secretId: string }> {
  const disabledAt = route.endsWith(':enable') ? new Date() : null
  // What a key that may be used from here only could have made.
  const { id } = await insertServiceKey(sql, mine, { disabledAt, allowedRanges: ['127.0.0.1/32'] })
  const [secret] = await sql`select id from service_key_secrets where key_id = ${id}`
  return { id, secretId: secret?.id }
}

async function everything(): Promise<string> {
  const [row] = await sql`select
    (select jsonb_agg(k order by id) from service_keys k) keys, (select jsonb_agg(u order by id) from service_users u) users,
    (select jsonb_agg(s order by id) from service_key_secrets s) secrets, (select count(*) from audit_events) events`
  return JSON.stringify(row)
}

const refused: [caller: string, status: number, code: string][] = [
  ['nobody', 401, 'UNAUTHENTICATED'],
  ['somebody with a text that is no key', 401, 'INVALID_TOKEN'],
  ['somebody with a key that nobody knows', 401, 'INVALID_TOKEN'],
  ['read', 403, 'INSUFFICIENT_ACCESS'],
  ['read-write', 403, 'INSUFFICIENT_ACCESS'],
  ['expired', 401, 'INVALID_TOKEN'],
  ['disabled', 401, 'INVALID_TOKEN'],
  ['deleted', 401, 'INVALID_TOKEN'],
  ['replaced', 401, 'INVALID_TOKEN'],
  ['elsewhere', 403, 'IP_DENIED'],
]

describe.each(Object.entries(serviceKeyRoutes))('%s', (route, questionOf) => {
  test.each(refused)('%s: %i', async (caller, status, code) => {
    const token = callers.get(caller)
    const { method, path, body } = questionOf(await targetOf(route))
    const before = await everything()
    const answer = await ask(running.url, method, path, { token, body })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(await everything()).toBe(before)
  })

  test.each(['full', 'here', 'organization key'])('%s: done', async (caller) => {
    const { method, path, body } = questionOf(await targetOf(route))
    const answer = await ask(running.url, method, path, { token: callers.get(caller), body })
    const isMade = route === 'post /v1/service-keys'
    expect([answer.status, answer.body.code]).toEqual([isMade ? 201 : 200, undefined])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

const aboutOne = Object.entries(serviceKeyRoutes).filter(([route]) => route.includes('{id}'))

test.each(aboutOne)(
  "%s: another organization's key finds nothing, exactly as where nothing is",
  async (route, questionOf) => {
    const token = callers.get('another organization')
    const target = await targetOf(route)
    const { method, path, body } = questionOf(target)
    const before = await everything()
    const absent = questionOf({ ...target, id: `key_${'0'.repeat(22)}` })
    const [there, nowhere] = await Promise.all([
      ask(running.url, method, path, { token, body }),
      ask(running.url, method, absent.path, { token, body: absent.body }),
    ])
    const withoutId = (text: string) => text.replace(/req_\w+/, '')
    expect([there.status, withoutId(there.text)]).toEqual([404, withoutId(nowhere.text)])
    expect(nowhere.status).toBe(404)
    const namesOf = (headers: Headers) => [...headers.keys()]
    expect(namesOf(there.headers)).toEqual(namesOf(nowhere.headers))
    expect(await everything()).toBe(before)
  },
)

test('what a key makes belongs to the organization of the key', async () => {
  const token = callers.get('another organization')
  const question = serviceKeyRoutes['post /v1/service-keys']
  const made = await ask(running.url, 'POST', '/v1/service-keys', {
    token,
    body: question?.({ id: '', secretId: '' }).body,
  })
  const { id } = made.body.data as { id: string }
  const [row] = await sql`select k.organization_id own, u.organization_id of_user
    from service_keys k join service_users u on u.id = k.service_user_id where k.id = ${id}`
  expect({ ...row }).toEqual({ own: theirs, of_user: theirs })
})

test('a method that a path does not answer is told which it does', async () => {
  const token = callers.get('full')
  for (const [path, allow] of [
    ['/v1/service-keys', 'GET, HEAD, POST'],
    ['/v1/service-keys/key_1', 'GET, HEAD, PATCH, DELETE'],
    ['/v1/service-keys/key_1:rotate', 'POST'],
  ] as const)
    for (const method of ['PUT', 'OPTIONS']) {
      const answer = await ask(running.url, method, path, { token })
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, allow])
    }
  expect((await ask(running.url, 'POST', '/v1/service-keys/key_1:extend', { token })).status).toBe(404)
})

test('HEAD tells what GET would, without a body', async () => {
  const { id } = await targetOf('get')
  const answer = await ask(running.url, 'HEAD', `/v1/service-keys/${id}`, { token: callers.get('full') })
  expect([answer.status, answer.text]).toEqual([200, ''])
})
