import { beforeAll, expect, test } from 'vitest'
import { fileOf } from '@/lib/media/testing/files'
import { secretDay } from '@/lib/organization-keys/secret'
import { insertRequest } from '@/lib/requests/testing/rows'
import { insertOrganization, insertRevokedKey, secretOf, type TestKey } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { testApi } from './testing/test-api'

type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
type Operation = {
  security?: object[]
  responses: Record<string, { content?: Record<string, { schema: Schema }>; headers?: object }>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** A day on which clocks in Berlin show the hour from two to three twice; this is the second time. */
const now = Date.UTC(2026, 9, 25, 1, 30, 0)
const utcForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const localForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/
const anyForm = /\d{4}-\d\d-\d\dT\d\d:\d\d/

const { sql, running, signer } = await testApi({ now: () => now })
const document: Document = await (await fetch(`${running.url}/openapi.json`)).json()
let retiring: TestKey

beforeAll(async () => {
  const organizationId = await insertOrganization(sql, { timeZone: 'Europe/Berlin', isoUtcFormat: true })
  const pair = await insertRevokedKey(sql, organizationId, {
    createdAt: new Date(now - 200 * 86_400_000),
    revokedAt: new Date(now - 86_400_000),
    acceptedUntil: new Date(now + 86_400_000),
  })
  retiring = pair.key
  await insertRequest(sql, organizationId, { at: new Date(now).toISOString() })
  await until(() => running.keeper.list.key(retiring.id) !== undefined)
})

const json = (body: object) => ({
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

const file = { fileName: 'a.png', contentType: 'image/png', data: fileOf(100).toString('base64') }

async function uploaded(secret: string): Promise<string> {
  const answer = await (await ask('post /v1/media', secret)).json()
  return answer.data.id
}

let named = 0
const newServiceKey = () => ({
  name: 'Billing sync',
  serviceUser: { name: `Billing ${named++}` },
  accessLevel: 'read',
  allowedRanges: [],
  expiresAt: new Date(now + 3_600_000).toISOString(),
})

async function made(secret: string): Promise<{ path: string; secretId: string }> {
  const { data } = await (await ask('post /v1/service-keys', secret)).json()
  return { path: `/v1/service-keys/${data.id}`, secretId: data.secretId }
}

/** A key with every DateTime that there can be. */
async function used(secret: string): Promise<{ list: string; path: string }> {
  const { path, secretId } = await made(secret)
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ secretId, overlapHours: 1 })
  await fetch(`${running.url}${path}:rotate`, { method: 'POST', headers, body })
  const at = new Date(now)
  await sql`update service_key_uses set last_used_at = ${at}, last_used_from = '', last_user_agent = '',
    refused_at = ${at}, refused_from = '', refused_user_agent = '', refused_code = 'IP_DENIED'
    where key_id = ${path.split('/').at(-1) ?? ''}`
  return { list: '/v1/service-keys', path }
}

async function disabled(secret: string): Promise<string> {
  const { path } = await made(secret)
  const headers = { Authorization: `Bearer ${secret}` }
  await fetch(`${running.url}${path}:disable`, { method: 'POST', headers })
  return path
}

/** How to ask each route that takes a key; one that is missing here fails the test. */
const questions: Record<string, (secret: string) => Promise<RequestInit & { path?: string }>> = {
  'get /v1/authz/forward-auth': async () => ({ headers: { 'X-Forwarded-Method': 'GET' } }),
  'get /v1/authz/auth-request': async () => ({ headers: { 'X-Original-Method': 'GET' } }),
  'get /v1/authz/ext-authz/{path}': async () => ({ path: '/v1/authz/ext-authz/orders' }),
  'post /v1/keys:verify': async (secret) => json({ key: secret }),
  'get /v1/whoami': async () => ({}),
  'get /v1/keys': async () => ({}),
  'get /v1/keys/{id}': async () => ({ path: `/v1/keys/${retiring.id}` }),
  'get /v1/service-keys': async (secret) => ({ path: (await used(secret)).list }),
  'post /v1/service-keys': async () => json(newServiceKey()),
  'get /v1/service-keys/{id}': async (secret) => ({ path: (await used(secret)).path }),
  'patch /v1/service-keys/{id}': async (secret) => ({
    path: (await made(secret)).path,
    ...json({ name: 'CRM export' }),
  }),
  'delete /v1/service-keys/{id}': async (secret) => ({ path: (await made(secret)).path }),
  'post /v1/service-keys/{id}:rotate': async (secret) => {
    const { path, secretId } = await made(secret)
    return { path: `${path}:rotate`, ...json({ secretId, overlapHours: 1 }) }
  },
  'post /v1/service-keys/{id}:enable': async (secret) => ({ path: `${await disabled(secret)}:enable` }),
  'post /v1/service-keys/{id}:disable': async (secret) => ({
    path: `${(await made(secret)).path}:disable`,
  }),
  'get /v1/requests': async () => ({}),
  'post /v1/media': async () => json(file),
  'get /v1/media/{id}': async (secret) => ({ path: `/v1/media/${await uploaded(secret)}` }),
  'get /v1/media/{id}/content': async (secret) => ({ path: `/v1/media/${await uploaded(secret)}/content` }),
}

const mySecret = () => secretOf(retiring, signer, { iat: secretDay(new Date(now)) })

async function ask(route: string, secret: string): Promise<Response> {
  const [method = '', template = ''] = route.split(' ')
  const question = questions[route]
  if (!question) throw new Error(`how is ${route} asked? Add it to the table above.`)
  const { path = template, headers, ...rest } = await question(secret)
  return fetch(`${running.url}${path}`, {
    method: method.toUpperCase(),
    headers: { Authorization: `Bearer ${secret}`, ...headers },
    ...rest,
  })
}

function routesWithKey(): string[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation.security)
      .map(([method]) => `${method} ${path}`),
  )
}

/** Paths of the DateTimes in what the document promises for a 2xx answer, such as `data.[].createdAt`. */
function promised(route: string): string[] {
  const [method = '', path = ''] = route.split(' ')
  const responses = document.paths[path]?.[method]?.responses ?? {}
  const schemas = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, answer]) => answer.content?.['application/json']?.schema ?? [])
  return schemas.flatMap((schema) => dateTimesOf(schema))
}

function dateTimesOf(schema: Schema, at = ''): string[] {
  if (schema.$ref?.endsWith('/DateTime')) return [at]
  const name = schema.$ref?.split('/').at(-1)
  const resolved = name === undefined ? schema : (document.components.schemas[name] ?? {})
  const under = (part: string) => (at === '' ? part : `${at}.${part}`)
  return [
    ...[...(resolved.allOf ?? []), ...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])].flatMap((each) =>
      dateTimesOf(each, at),
    ),
    ...Object.entries(resolved.properties ?? {}).flatMap(([member, each]) =>
      dateTimesOf(each, under(member)),
    ),
    ...(resolved.items ? dateTimesOf(resolved.items, under('[]')) : []),
  ]
}

/** Every text that looks like a DateTime, with its path. */
function found(value: unknown, at = ''): [path: string, text: string][] {
  if (typeof value === 'string') return anyForm.test(value) ? [[at, value]] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, each]) => {
    const part = Array.isArray(value) ? '[]' : name
    return found(each, at === '' ? part : `${at}.${part}`)
  })
}

async function setFormat(isoUtcFormat: boolean): Promise<void> {
  await sql`update organizations set iso_utc_format = ${isoUtcFormat} where id = ${retiring.organizationId}`
  await until(() => running.keeper.list.key(retiring.id)?.organization.isoUtcFormat === isoUtcFormat)
}

test('every route that takes a key is in the document, and can be asked', () => {
  expect(routesWithKey().toSorted()).toEqual(Object.keys(questions).toSorted())
})

test.each([
  [true, utcForm],
  [false, localForm],
])(
  'with the switch at %s every DateTime of every payload and header has the one form',
  async (isOn, form) => {
    await setFormat(isOn)
    const secret = mySecret()
    for (const route of routesWithKey()) {
      const response = await ask(route, secret)
      expect([route, response.status]).toEqual([route, expect.toSatisfy((s: number) => s >= 200 && s < 300)])
      expect(response.headers.get('x-key-expires') ?? '2026-01-01T00:00:00Z').toMatch(
        response.headers.has('x-key-expires') ? form : utcForm,
      )
      const text = await response.text()
      const isJson = response.headers.get('content-type') === 'application/json'
      const payload = isJson ? JSON.parse(text) : {}
      const dateTimes = found(payload)
      for (const [path, value] of dateTimes) {
        expect([route, path, value]).toEqual([route, path, expect.stringMatching(form)])
        expect([route, path, promised(route)]).toEqual([route, path, expect.arrayContaining([path])])
      }
      if (promised(route).length > 0) expect([route, dateTimes.length]).not.toEqual([route, 0])
    }
  },
)

test('a service key is shown with all the DateTimes that it can have', async () => {
  const { data } = await (await ask('get /v1/service-keys/{id}', mySecret())).json()
  expect(new Set(found(data).map(([path]) => path))).toEqual(
    new Set(['expiresAt', 'createdAt', 'changedAt', 'lastUse.at', 'lastRefusal.at', 'overlapEndsAt']),
  )
})

test('off: the zone of the organization, right in the hour that comes twice', async () => {
  await setFormat(false)
  const answer = await (await ask('get /v1/keys/{id}', mySecret())).json()
  expect(answer.data).toMatchObject({
    revokedAt: '2026-10-24T03:30:00',
    graceEndsAt: '2026-10-26T02:30:00',
  })
  await setFormat(true)
  const utc = await (await ask('get /v1/keys/{id}', mySecret())).json()
  expect(utc.data).toMatchObject({
    revokedAt: '2026-10-24T01:30:00Z',
    graceEndsAt: '2026-10-26T01:30:00Z',
  })
})
