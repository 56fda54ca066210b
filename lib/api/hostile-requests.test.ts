import { describe, expect, test } from 'vitest'
import { secretOf } from '@/lib/verify/testing/rows'
import { sendRaw, sendRequest } from './testing/raw-http'
import { testApi } from './testing/test-api'

const { running, signer, key } = await testApi()
const token = secretOf(key, signer)

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(running.url + path, { method, headers: { connection: 'close', ...headers } })

test('every answer, errors included, has an id and the headers that protect a browser', async () => {
  for (const [method, path, status] of [
    ['GET', '/v1/whoami', 401],
    ['POST', '/v1/whoami', 405],
    ['GET', '/v1/keys:verify', 405],
    ['GET', '/nothing', 404],
    ['GET', '/v1/whoami/', 404],
    ['GET', '//v1/whoami', 404],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/.well-known/jwks.json', 200],
    ['GET', '/openapi.json', 200],
    ['DELETE', '/openapi.json', 405],
    ['OPTIONS', '/v1/whoami', 405],
  ] as const) {
    const response = await get(path, {}, method)
    expect([path, response.status]).toEqual([path, status])
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.has('x-powered-by')).toBe(false)
    if (status >= 400) {
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    if (status === 405)
      expect(response.headers.get('allow')).toBe(path === '/v1/keys:verify' ? 'POST' : 'GET, HEAD')
  }
})

test('HEAD answers as GET does, without a body', async () => {
  for (const path of ['/healthz', '/openapi.json', '/.well-known/jwks.json', '/v1/whoami']) {
    const headers = { authorization: `Bearer ${token}` }
    const [head, full] = [await get(path, headers, 'HEAD'), await get(path, headers)]
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    expect(head.headers.get('content-type')).toBe(full.headers.get('content-type'))
  }
})

describe('a token in the query string is refused, and is nowhere in the log', () => {
  test.each(['/v1/whoami', '/v1/keys:verify', '/nothing', '/healthz', '/openapi.json'])(
    '%s',
    async (path) => {
      for (const query of [
        `key=${key.apiKey}`,
        `access_token=${token}`,
        `a=1&b=${encodeURIComponent(token)}`,
      ]) {
        const response = await get(`${path}?${query}`, {}, path === '/v1/keys:verify' ? 'POST' : 'GET')
        expect(response.status).toBe(400)
        expect(await response.json()).toMatchObject({ code: 'TOKEN_IN_QUERY' })
      }
      await get(`/v1/keys/${key.apiKey}`)
      expect(running.logged()).not.toContain(key.apiKey)
      expect(running.logged()).not.toContain(token)
      expect(running.logged()).toContain('TOKEN_IN_QUERY')
    },
  )
})

test('unknown and doubled parameters are refused', async () => {
  const headers = { authorization: `Bearer ${token}` }
  for (const query of ['a=1', 'customerRequestId=a&customerRequestId=b', 'customerRequestId=%ff'])
    expect((await get(`/v1/whoami?${query}`, headers)).status).toBe(400)
})

describe('what is not HTTP is answered with a problem, never with a crash', () => {
  test.each<[string, string, number]>([
    ['garbage', 'hello\r\n\r\n', 400],
    ['an unknown method', 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n', 400],
    ['a bare line feed in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\nX-C: d\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n', 400],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n', 400],
    ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['two Hosts', 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['headers beyond 16 kB', `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'a chunk that is none',
      'POST /v1/keys:verify HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
  ])('%s', async (_, text, status) => {
    const answer = await sendRaw(running.port, text)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ status, requestId: answer.headers.get('x-request-id') })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await get('/healthz')).status).toBe(200)
  })

  test('a Host that is no host, and a target with its origin, are still served', async () => {
    for (const host of ['a b', '[', 'a:99999', '@', "'"])
      expect(
        (await sendRaw(running.port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))
          .status,
      ).toBe(200)
    expect((await sendRequest(running.port, 'GET http://elsewhere.example/healthz')).status).toBe(200)
    expect((await sendRaw(running.port, 'GET /healthz HTTP/1.0\r\n\r\n')).status).toBe(200)
    expect((await sendRequest(running.port, 'OPTIONS *')).status).toBe(404)
  })

  test('requests in one packet are answered in order', async () => {
    const one = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`
    const answer = await sendRaw(running.port, one('/nothing') + one('/v1/whoami') + one('/healthz'))
    const statuses = [answer.head, answer.body].join('\r\n\r\n').match(/HTTP\/1\.1 (\d{3})/g)
    expect(statuses).toEqual(['HTTP/1.1 404', 'HTTP/1.1 401', 'HTTP/1.1 200'])
  })
})

test('what is no HTTP behind a whole body is refused, and the API lives on', async () => {
  const body = '{"key":"abc"}'
  for (const path of ['/v1/keys:verify', '/v1/media']) {
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: a',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ]
    const answer = await sendRaw(running.port, `${head.join('\r\n')}\r\n\r\n${body}\0`)
    expect([path, answer.status]).toEqual([path, 400])
  }
  expect((await get('/healthz')).status).toBe(200)
})

test('each request is one log line, whatever it carries', async () => {
  const before = running.lines().length
  await sendRequest(running.port, 'GET /v1/whoami', ['X-Customer-Request-Id: a\u0085b', 'Cookie: session=1'])
  await sendRequest(running.port, 'GET /a%0d%0ab', ['User-Agent: \u0085'])
  const lines = running.lines().slice(before)
  expect(lines).toHaveLength(2)
  for (const line of lines)
    expect(line).toMatchObject({ level: 30, status: expect.any(Number), method: 'GET' })
  expect(lines[0]).toMatchObject({ path: '/v1/whoami', address: '127.0.0.1', durationUs: expect.any(Number) })
})

test('whoami says what the key is', async () => {
  const response = await get('/v1/whoami', { authorization: `Bearer ${token}` })
  expect(await response.json()).toEqual({
    data: {
      organizationId: key.organizationId,
      organizationName: 'Northwind',
      keyId: key.id,
      name: 'Organization key, generation 1',
      serviceUser: null,
      accessLevel: 'full',
      expiresAt: expect.stringMatching(/Z$/),
      graceEndsAt: null,
    },
    meta: { requestId: response.headers.get('x-request-id') },
  })
})
