import { afterEach, describe, expect, test } from 'vitest'
import { testCallHeader, testMark } from '@/lib/keys/test-mark'
import {
  day,
  deleteKey,
  insertKey,
  insertOrganization,
  insertRevokedKey,
  secretOf,
  type TestKey,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { sendRequest } from './testing/raw-http'
import { masterKey } from './testing/running-api'
import { testApi } from './testing/test-api'

let clock: number | null = null

const { sql, running, signer, key } = await testApi({ now: () => clock ?? Date.now() })
const token = secretOf(key, signer)

afterEach(() => {
  clock = null
})

const forwardAuth = '/v1/authz/forward-auth'
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(running.url + path, { method, headers: { connection: 'close', ...headers } })
const bearer = (text: string) => ({ authorization: `Bearer ${text}` })
const known = (added: TestKey) => until(() => running.keeper.list.key(added.id) !== undefined)
const lastLine = () => running.lines().at(-1)

test('an allowed call gets 200, no body and all identity headers', async () => {
  const response = await ask(forwardAuth, bearer(token))
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  const headers = Object.fromEntries(response.headers)
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-org-id': key.organizationId,
    'x-key-id': key.id,
    'x-key-name': 'Organization key, generation 1',
    'x-service-user-id': 'none',
    'x-service-user': 'none',
    'x-access-level': 'full',
    'x-key-expires': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    'x-request-id': expect.stringMatching(/^req_[0-9A-Za-z]{22}$/),
    'x-date-time-format': 'iso-8601-utc',
    'x-media-limit-bytes': '5242880',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-length': '0',
  })
  expect(headers).not.toHaveProperty('deprecation')
})

test('X-Api-Key is as good, two different tokens are none', async () => {
  expect((await ask(forwardAuth, { 'x-api-key': token })).status).toBe(200)
  expect((await ask(forwardAuth, { ...bearer(token), 'x-api-key': token })).status).toBe(200)
  const response = await ask(forwardAuth, { ...bearer(token), 'x-api-key': key.apiKey })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"')
})

test('without a key the challenge names no error', async () => {
  const response = await ask(forwardAuth)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api"')
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(await response.json()).toMatchObject({
    type: 'about:blank',
    status: 401,
    code: 'UNAUTHENTICATED',
    requestId: response.headers.get('x-request-id'),
  })
})

describe('a stranger hears only "invalid token", the log the exact code', () => {
  const seconds = (moment: number) => Math.floor(moment / 1000) * 1000

  test('deadlines hold to the millisecond, from the warm list too', async () => {
    const organizationId = await insertOrganization(sql)
    const now = seconds(Date.now())
    const { key: retiring, successor } = await insertRevokedKey(sql, organizationId, {
      revokedAt: new Date(now - 1_000),
      acceptedUntil: new Date(now + 5_000),
    })
    await known(successor)
    const secret = secretOf(retiring, signer)
    for (const [offset, status] of [
      [0, 200],
      [4_999, 200],
      [5_000, 401],
      [4_999, 200],
      [5_001, 401],
    ] as const) {
      clock = now + offset
      expect((await ask(forwardAuth, bearer(secret))).status, `${offset}`).toBe(status)
    }
    expect(lastLine()).toMatchObject({
      code: 'REVOKED',
      status: 401,
      keyId: retiring.id,
      organizationId,
    })
  })

  test('expired', async () => {
    const expiresAt = seconds(Date.now()) + 10_000
    const added = await insertKey(sql, await insertOrganization(sql), { expiresAt: new Date(expiresAt) })
    await known(added)
    const secret = secretOf(added, signer)
    clock = expiresAt - 1
    expect((await ask(forwardAuth, bearer(secret))).status).toBe(200)
    clock = expiresAt
    const response = await ask(forwardAuth, bearer(secret))
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'INVALID_TOKEN', title: 'Invalid token' })
    expect(lastLine()).toMatchObject({ code: 'EXPIRED', keyId: added.id })
  })

  test('deleted', async () => {
    const added = await insertKey(sql, await insertOrganization(sql))
    await known(added)
    const secret = secretOf(added, signer)
    expect((await ask(forwardAuth, bearer(secret))).status).toBe(200)
    await deleteKey(sql, added)
    await until(async () => (await ask(forwardAuth, bearer(secret))).status === 401, 1_000)
    expect(lastLine()).toMatchObject({ code: 'NOT_FOUND', keyId: added.id })
  })

  test('unknown, and the bare API key', async () => {
    const stranger = { ...key, apiKey: key.apiKey }
    expect((await ask(forwardAuth, bearer(secretOf(stranger, { ...signer, kid: 'other' })))).status).toBe(401)
    expect(lastLine()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await ask(forwardAuth, bearer(key.apiKey))).status).toBe(401)
    expect(lastLine()).toMatchObject({ code: 'MALFORMED' })
  })
})

test('a key that never expires says so, and its Secret needs no exp', async () => {
  const added = await insertKey(sql, await insertOrganization(sql), { expiresAt: null })
  await known(added)
  const response = await ask(forwardAuth, bearer(secretOf(added, signer, { exp: undefined })))
  expect(response.status).toBe(200)
  expect(response.headers.get('x-key-expires')).toBe('never')
})

test('in grace Deprecation and Sunset say since when and until when', async () => {
  const revokedAt = new Date('2026-11-20T10:00:00.500Z')
  const acceptedUntil = new Date('2026-12-20T10:00:00Z')
  const organizationId = await insertOrganization(sql)
  const { key: retiring, successor } = await insertRevokedKey(sql, organizationId, {
    createdAt: new Date('2026-11-01T00:00:00Z'),
    revokedAt,
    acceptedUntil,
  })
  await known(successor)
  clock = Date.UTC(2026, 11, 1)
  const response = await ask(
    forwardAuth,
    bearer(secretOf(retiring, signer, { iat: Date.UTC(2026, 10, 20) / 1000 })),
  )
  expect(response.status).toBe(200)
  expect(response.headers.get('deprecation')).toBe('@1795168800')
  expect(response.headers.get('sunset')).toBe('Sun, 20 Dec 2026 10:00:00 GMT')
})

test("DateTimes follow the organization's format as soon as it changes", async () => {
  const added = await insertKey(sql, await insertOrganization(sql, { isoUtcFormat: true }), {
    createdAt: new Date('2026-01-01T00:00:00Z'),
    expiresAt: new Date('2026-12-01T12:00:00Z'),
  })
  await known(added)
  clock = Date.UTC(2026, 5, 1)
  const secret = secretOf(added, signer, { iat: Date.UTC(2026, 4, 1) / 1000 })
  const expires = async () => (await ask(forwardAuth, bearer(secret))).headers.get('x-key-expires')
  expect(await expires()).toBe('2026-12-01T12:00:00Z')
  await sql`update organizations set iso_utc_format = false, time_zone = 'Europe/Berlin' where id = ${added.organizationId}`
  await until(async () => (await expires()) === '2026-12-01T13:00:00', 1_000)
})

describe('gateways', () => {
  test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE', 'PROPFIND', 'M-SEARCH'])(
    '%s is answered at every URL',
    async (method) => {
      for (const path of [
        forwardAuth,
        '/v1/authz/auth-request',
        '/v1/authz/ext-authz',
        '/v1/authz/ext-authz/orders',
      ]) {
        const allowed = await sendRequest(running.port, `${method} ${path}`, [
          `Authorization: Bearer ${token}`,
        ])
        expect([path, allowed.status, allowed.body]).toEqual([path, 200, ''])
        expect((await sendRequest(running.port, `${method} ${path}`)).status).toBe(401)
      }
    },
  )

  test("each URL believes its own family's headers and no others", async () => {
    const all = {
      'x-forwarded-method': 'PUT',
      'x-forwarded-uri': '/forwarded?a=1',
      'x-original-method': 'PATCH',
      'x-original-url': 'https://api.example/original?a=1',
    }
    const logged = async (path: string, method: string) => {
      await ask(path, { ...bearer(token), ...all }, method)
      const { method: heard, path: seen } = lastLine() ?? {}
      return [heard, seen]
    }
    expect(await logged(forwardAuth, 'GET')).toEqual(['PUT', '/forwarded'])
    expect(await logged('/v1/authz/auth-request', 'GET')).toEqual(['PATCH', '/original'])
    expect(await logged('/v1/authz/ext-authz/orders/7?a=1', 'DELETE')).toEqual(['DELETE', '/orders/7'])
    expect(await logged('/v1/authz/ext-authz', 'DELETE')).toEqual(['DELETE', '/'])
  })

  test('a method that is told twice, or makes no sense, is not known', async () => {
    const twice = ['X-Forwarded-Method: GET', 'X-Forwarded-Method: POST', `Authorization: Bearer ${token}`]
    await sendRequest(running.port, `GET ${forwardAuth}`, twice)
    expect(lastLine()).toMatchObject({ method: '' })
    await ask(forwardAuth, { ...bearer(token), 'x-forwarded-method': 'GET, POST' })
    expect(lastLine()).toMatchObject({ method: '' })
  })

  test('a token in the query string of the call is refused and not logged', async () => {
    for (const [path, header] of [
      [forwardAuth, { 'x-forwarded-uri': `/orders?key=${token}` }],
      ['/v1/authz/auth-request', { 'x-original-url': `https://api.example/o?k=${key.apiKey}` }],
      [`/v1/authz/ext-authz/orders?key=${token}`, {}],
    ] as const) {
      const response = await ask(path, { ...bearer(token), ...header })
      expect([path.slice(0, 24), response.status]).toEqual([path.slice(0, 24), 400])
      expect(await response.json()).toMatchObject({ code: 'TOKEN_IN_QUERY' })
    }
    const inPath = await ask(forwardAuth, { ...bearer(token), 'x-forwarded-uri': `/orders/${key.apiKey}` })
    expect(inPath.status).toBe(200)
    expect(running.logged()).not.toContain(token)
    expect(running.logged()).not.toContain(key.apiKey)
  })

  test('deny=403 turns a 400 into what nginx can pass on; a query string that a gateway appended is not judged', async () => {
    expect((await ask(`${forwardAuth}?deny=403`, bearer(token))).status).toBe(200)
    expect((await ask(`${forwardAuth}?deny=403`)).status).toBe(401)
    for (const query of ['id=1&id=2', 'deny=404', 'q=%zz'])
      expect((await ask(`${forwardAuth}?${query}`, bearer(token))).status, query).toBe(200)
    const exposed = { ...bearer(token), 'x-original-url': `/o?k=${key.apiKey}` }
    expect((await ask('/v1/authz/auth-request?deny=403', exposed)).status).toBe(403)
    expect((await ask(`${forwardAuth}?key=${key.apiKey}`, bearer(token))).status).toBe(400)
  })

  test('Upgrade and Expect do not get in the way', async () => {
    const upgrade = ['Upgrade: websocket', 'Connection: upgrade', `Authorization: Bearer ${token}`]
    expect((await sendRequest(running.port, `GET ${forwardAuth}`, upgrade)).status).toBe(200)
    expect((await sendRequest(running.port, `GET ${forwardAuth}`, ['Expect: magic'])).status).toBe(417)
  })
})

describe('the id that a customer gives', () => {
  const echoed = async (path: string, headers: Record<string, string>) => {
    const response = await ask(path, headers)
    return [response.headers.get('x-customer-request-id'), lastLine()?.customerRequestId]
  }

  test('is echoed and logged, from the header before the parameter', async () => {
    const id = 'order 17/a~'
    expect(await echoed(forwardAuth, { ...bearer(token), 'x-customer-request-id': id })).toEqual([id, id])
    expect(await echoed(forwardAuth, { 'x-customer-request-id': id })).toEqual([id, id])
    const uri = { 'x-forwarded-uri': '/orders?customerRequestId=from%20parameter' }
    expect(await echoed(forwardAuth, { ...bearer(token), ...uri })).toEqual([
      'from parameter',
      'from parameter',
    ])
    expect(await echoed(forwardAuth, { ...bearer(token), ...uri, 'x-customer-request-id': id })).toEqual([
      id,
      id,
    ])
  })

  test('is dropped when it is bad, and the call goes on', async () => {
    const bad = ['x'.repeat(129), 'caf\u00e9', 'tab\there']
    for (const id of bad) {
      const response = await ask(forwardAuth, { ...bearer(token), 'x-customer-request-id': id })
      expect(response.status).toBe(200)
      expect(response.headers.has('x-customer-request-id')).toBe(false)
    }
    for (const id of ['a%0d%0aX-Evil:%201', '%1b[31m', '%e2%80%a8', '%00', '']) {
      const uri = { 'x-forwarded-uri': `/orders?customerRequestId=${id}` }
      const before = running.lines().length
      const response = await ask(forwardAuth, { ...bearer(token), ...uri })
      expect(response.status).toBe(200)
      expect(response.headers.has('x-evil')).toBe(false)
      expect(running.lines()).toHaveLength(before + 1)
      expect(lastLine()).not.toHaveProperty('customerRequestId')
    }
  })

  test('comes under the name that the organization chose, but never under one of ours', async () => {
    const own = await insertKey(sql, await insertOrganization(sql, { requestIdHeader: 'X-Trace' }))
    const clash = await insertKey(sql, await insertOrganization(sql, { requestIdHeader: 'X-Org-Id' }))
    await known(clash)
    const traced = await ask(forwardAuth, { ...bearer(secretOf(own, signer)), 'x-trace': 'abc' })
    expect(traced.headers.get('x-trace')).toBe('abc')
    const spoofed = await ask(forwardAuth, { ...bearer(secretOf(clash, signer)), 'x-org-id': 'org_other' })
    expect(spoofed.headers.get('x-org-id')).toBe(clash.organizationId)
  })
})

test("use is counted with its address; a refused call and the console's own test call are not", async () => {
  const used = await insertKey(sql, await insertOrganization(sql))
  await known(used)
  const secret = secretOf(used, signer)
  const uses = async () => {
    await running.lastUsed.flush()
    return sql`select address, user_agent from key_uses where key_id = ${used.id}`
  }
  const mark = testMark(secret, new Date(), [masterKey])
  await ask('/v1/whoami', { ...bearer(secret), [testCallHeader]: mark })
  clock = Date.now() + 400 * day
  expect((await ask(forwardAuth, bearer(secret))).status).toBe(401)
  clock = null
  expect(await uses()).toHaveLength(0)

  await ask('/v1/whoami', { ...bearer(secret), [testCallHeader]: `${mark}0`, 'user-agent': 'forger' })
  expect(await uses()).toEqual([{ address: '127.0.0.1', user_agent: 'forger' }])
})
