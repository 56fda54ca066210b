import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import {
  day,
  insertKey,
  insertOrganization,
  insertRevokedKey,
  insertServiceKey,
  insertServiceUser,
  insertSigner,
  secretOf,
  type TestKey,
  type TestServiceKey,
} from '@/lib/verify/testing/rows'
import { type Gateway, type GatewayName, isInstalled, startGateway } from './testing/gateways'
import { freePort } from './testing/processes'
import { sendRequest } from './testing/raw-http'
import { type RunningApi, startApi } from './testing/running-api'

type Seen = { method: string; url: string; headers: Record<string, string>; body: string }

let database: FreshDatabase
let sql: postgres.Sql
let running: RunningApi
let platform: Server
let seen: Seen[] = []
let key: TestKey
let token: string
let graceToken: string
/** Two service keys: one may only read, one comes from one address only. */
let reading: TestServiceKey
let limited: TestServiceKey

beforeAll(async () => {
  database = await freshDatabase()
  sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  const signer = await insertSigner(sql)
  key = await insertKey(sql, await insertOrganization(sql))
  token = secretOf(key, signer)
  const revokedAt = new Date(Date.now() - 1_000)
  const acceptedUntil = new Date(revokedAt.getTime() + 10 * day)
  const retiring = await insertRevokedKey(sql, await insertOrganization(sql), { revokedAt, acceptedUntil })
  graceToken = secretOf(retiring.key, signer)
  reading = await insertServiceKey(sql, key.organizationId, {
    name: '100 % Łódź',
    serviceUser: await insertServiceUser(sql, key.organizationId, 'Billing – EU'),
    accessLevel: 'read',
  })
  limited = await insertServiceKey(sql, key.organizationId, { allowedRanges: ['127.0.0.1/32'] })
  running = await startApi({ databaseUrl: database.url, trustedProxies: ['127.0.0.1'] })
  await running.ready()
  platform = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const headers = request.headers as Record<string, string>
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers, body })
    response.end('platform')
  }).listen(0, '127.0.0.1')
  await once(platform, 'listening')
})

afterAll(async () => {
  await running?.stop()
  platform?.close()
  await sql?.end()
  await database?.drop()
})

beforeEach(() => {
  seen = []
})

const platformPort = () => (platform.address() as AddressInfo).port

describe.each<GatewayName>(['nginx', 'caddy', 'haproxy'])('%s', (name) => {
  describe('as in its recipe', () => {
    let gateway: Gateway

    beforeAll(async () => {
      if (!isInstalled(name))
        throw new Error(`${name} is not installed; on Debian: apt-get install nginx caddy haproxy`)
      gateway = await startGateway(name, { api: running.port, platform: platformPort() })
    })

    afterAll(async () => {
      await gateway?.stop()
    })

    const call = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) =>
      fetch(gateway.url + path, { method, headers: { connection: 'close', ...headers }, body })
    const bearer = (text: string) => ({ authorization: `Bearer ${text}` })

    test('an allowed call goes on with its identity and without the credential', async () => {
      const response = await call('/orders?page=2', bearer(token))
      expect([response.status, await response.text()]).toEqual([200, 'platform'])
      expect(seen).toHaveLength(1)
      expect(seen[0]).toMatchObject({ method: 'GET', url: '/orders?page=2' })
      expect(seen[0]?.headers).toMatchObject({
        'x-org-id': key.organizationId,
        'x-key-id': key.id,
        'x-key-name': 'Organization key, generation 1',
        'x-service-user-id': 'none',
        'x-service-user': 'none',
        'x-access-level': 'full',
        'x-key-expires': expect.stringMatching(/Z$/),
        'x-request-id': expect.stringMatching(/^req_/),
        'x-date-time-format': 'iso-8601-utc',
        'x-media-limit-bytes': '5242880',
      })
      expect(JSON.stringify(seen)).not.toContain(token)
    })

    test('X-Api-Key is as good, and does not go on either', async () => {
      expect((await call('/', { 'x-api-key': token })).status).toBe(200)
      expect(seen[0]?.headers).not.toHaveProperty('x-api-key')
      expect(JSON.stringify(seen)).not.toContain(token)
    })

    test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s goes on with its body', async (method) => {
      const body = JSON.stringify({ text: 'x'.repeat(20_000) })
      expect((await call('/orders', bearer(token), method, body)).status).toBe(200)
      expect(seen[0]).toMatchObject({ method, body })
      expect(running.lines().at(-1)).toMatchObject({ method, path: '/orders', code: 'VALID' })
    })

    test.each(['OPTIONS', 'HEAD', 'PROPFIND'])('%s goes on', async (method) => {
      const lines = [`Authorization: Bearer ${token}`]
      const answer = await sendRequest(Number(new URL(gateway.url).port), `${method} /orders`, lines)
      expect(answer.status).toBe(200)
      expect(seen[0]).toMatchObject({ method })
      expect(running.lines().at(-1)).toMatchObject({ method, path: '/orders' })
    })

    test('what a client claims about itself is replaced', async () => {
      await call(
        '/orders',
        {
          ...bearer(token),
          'x-org-id': 'org_other',
          'x-key-id': 'key_other',
          'x-access-level': 'root',
          'x-key-name': 'forged',
          'x-service-user-id': 'su_other',
          'x-service-user': 'forged',
          'x-forwarded-method': 'GET',
          'x-forwarded-uri': '/forged',
          'x-original-method': 'GET',
          'x-original-url': '/forged',
          'x-forwarded-for': '198.51.100.66',
        },
        'DELETE',
      )
      expect(seen[0]?.headers).toMatchObject({
        'x-org-id': key.organizationId,
        'x-key-id': key.id,
        'x-access-level': 'full',
        'x-key-name': 'Organization key, generation 1',
        'x-service-user-id': 'none',
        'x-service-user': 'none',
      })
      expect(JSON.stringify(seen[0]?.headers['x-forwarded-for'])).not.toContain('198.51.100.66')
      expect(running.lines().at(-1)).toMatchObject({
        method: 'DELETE',
        path: '/orders',
        address: '127.0.0.1',
      })
    })

    test('a service key goes on with its service user, names as they can be sent', async () => {
      expect((await call('/orders', bearer(reading.text))).status).toBe(200)
      expect(seen[0]?.headers).toMatchObject({
        'x-org-id': key.organizationId,
        'x-key-id': reading.id,
        'x-key-name': '100 %25 %C5%81%C3%B3d%C5%BA',
        'x-service-user-id': reading.serviceUser.id,
        'x-service-user': 'Billing %E2%80%93 EU',
        'x-access-level': 'read',
        'x-key-expires': 'never',
      })
      expect(JSON.stringify(seen)).not.toContain(reading.text)
    })

    test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
      '%s with a Read key stops there, whatever method the client says it has',
      async (method) => {
        const claims = {
          'x-forwarded-method': 'GET',
          'x-forwarded-uri': '/forged',
          'x-original-method': 'GET',
          'x-original-url': '/forged',
        }
        for (const headers of [{}, claims]) {
          const response = await call('/orders', { ...bearer(reading.text), ...headers }, method)
          expect(response.status).toBe(403)
          expect(running.lines().at(-1)).toMatchObject({
            method,
            path: '/orders',
            code: 'INSUFFICIENT_ACCESS',
          })
        }
        expect(seen).toHaveLength(0)
      },
    )

    test.each([
      ['no claim', []],
      ['X-Forwarded-For', ['X-Forwarded-For: 127.0.0.1']],
      ['two of them', ['X-Forwarded-For: 127.0.0.1', 'X-Forwarded-For: 127.0.0.1, 127.0.0.1']],
      ['Forwarded', ['Forwarded: for=127.0.0.1']],
      ['X_Forwarded_For', ['X_Forwarded_For: 127.0.0.1']],
      ['X-Real-IP', ['X-Real-IP: 127.0.0.1', 'True-Client-IP: 127.0.0.1']],
      ['Connection: X-Forwarded-For', ['Connection: X-Forwarded-For', 'X-Forwarded-For: 127.0.0.1']],
    ])('a range holds the address of the client, and not the one of the gateway: %s', async (_, claims) => {
      const port = Number(new URL(gateway.url).port)
      const ask = (from: string) =>
        sendRequest(port, 'GET /orders', [`Authorization: Bearer ${limited.text}`, ...claims], from)
      const refused = await ask('127.0.0.9')
      expect([refused.status, running.lines().at(-1)]).toMatchObject([
        403,
        { code: 'IP_DENIED', address: '127.0.0.9' },
      ])
      expect(seen).toHaveLength(0)
      expect((await ask('127.0.0.1')).status).toBe(200)
    })

    test.each([
      ['no key', {}, 'Bearer realm="api"'],
      ['an invalid key', { authorization: 'Bearer x' }, 'Bearer realm="api", error="invalid_token"'],
    ])('%s is told to the client and stops there', async (_, headers, challenge) => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const response = await call('/orders', headers, method)
        expect(response.status).toBe(401)
        expect(response.headers.get('www-authenticate')).toBe(challenge)
      }
      expect(seen).toHaveLength(0)
    })

    test('a token in the query string stops there', async () => {
      const response = await call(`/orders?key=${token}`, bearer(token))
      expect(response.status).toBe(name === 'nginx' ? 403 : 400)
      expect(seen).toHaveLength(0)
    })

    test('in grace the client sees until when', async () => {
      const response = await call('/orders', bearer(graceToken))
      expect(response.status).toBe(200)
      expect(response.headers.get('deprecation')).toMatch(/^@\d+$/)
      expect(response.headers.get('sunset')).toMatch(/GMT$/)
      const outside = await call('/orders', bearer(token))
      expect([outside.headers.has('deprecation'), outside.headers.has('sunset')]).toEqual([false, false])
    })

    test("the customer's id reaches the log", async () => {
      await call('/orders', { ...bearer(token), 'x-customer-request-id': `via ${name}` })
      expect(running.lines().at(-1)).toMatchObject({ customerRequestId: `via ${name}` })
      await call(`/orders?customerRequestId=by-parameter-${name}`, bearer(token))
      expect(running.lines().at(-1)).toMatchObject({ customerRequestId: `by-parameter-${name}` })
    })

    test('a Keyturn that cannot be reached means 503, and nothing goes on', async () => {
      const alone = await startGateway(name, { api: await freePort(), platform: platformPort() })
      try {
        seen = []
        const response = await fetch(`${alone.url}/orders`, { headers: bearer(token) })
        expect(response.status).toBe(503)
        expect(response.headers.get('retry-after')).toBe('5')
        expect(seen).toHaveLength(0)
      } finally {
        await alone.stop()
      }
    })
  })
})
