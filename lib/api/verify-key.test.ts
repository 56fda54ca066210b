import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  day,
  deleteKey,
  insertOrganization,
  insertRevokedKey,
  secretOf,
  type TestKey,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { sendRaw } from './testing/raw-http'
import { testApi } from './testing/test-api'

let retiring: TestKey
let current: TestKey
let token: string

const revokedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 1_000)
const acceptedUntil = new Date(revokedAt.getTime() + 30 * day)
let clock: number | null = null

const { sql, running, signer, key: foreign } = await testApi({ now: () => clock ?? Date.now() })

beforeAll(async () => {
  const keys = await insertRevokedKey(sql, await insertOrganization(sql), { revokedAt, acceptedUntil })
  retiring = keys.key
  current = keys.successor
  token = secretOf(current, signer)
  await until(() => running.keeper.list.key(current.id) !== undefined)
})

const path = '/v1/keys:verify'
const text = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`

function post(body: string | Buffer, headers: Record<string, string> = {}, query = ''): Promise<Response> {
  return fetch(running.url + path + query, {
    method: 'POST',
    headers: {
      connection: 'close',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: body as string,
  })
}
const verdictOf = async (key: string) => (await (await post(JSON.stringify({ key }))).json()).data

describe('the verdict', () => {
  test('on a valid key, and on one in grace', async () => {
    const response = await post(JSON.stringify({ key: secretOf(retiring, signer) }))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      data: {
        valid: true,
        code: 'VALID',
        keyId: retiring.id,
        organizationId: retiring.organizationId,
        name: 'Organization key, generation 1',
        serviceUser: null,
        accessLevel: 'full',
        expiresAt: expect.stringMatching(/Z$/),
        graceEndsAt: text(acceptedUntil),
      },
      meta: { requestId: response.headers.get('x-request-id') },
    })
    expect(await verdictOf(token)).toMatchObject({ valid: true, keyId: current.id, graceEndsAt: null })
  })

  test("on a refused key of one's own: the exact code and which key it is", async () => {
    const asked = secretOf(retiring, signer)
    clock = acceptedUntil.getTime()
    expect(await verdictOf(asked)).toMatchObject({ valid: false, code: 'REVOKED', keyId: retiring.id })
    clock = acceptedUntil.getTime() - 1
    expect(await verdictOf(asked)).toMatchObject({ valid: true })
    clock = null
  })

  test("on another organization's key, an absent and a deleted one: the same", async () => {
    const organizationId = current.organizationId
    const gone = (await insertRevokedKey(sql, await insertOrganization(sql), { revokedAt, acceptedUntil }))
      .key
    await sql`update organizations set name = name where id = ${organizationId}`
    await deleteKey(sql, gone)
    await until(() => typeof running.keeper.list.key(gone.id)?.deletedAt === 'number')
    const notFound = {
      valid: false,
      code: 'NOT_FOUND',
      keyId: null,
      organizationId: null,
      name: null,
      serviceUser: null,
      accessLevel: null,
      expiresAt: null,
      graceEndsAt: null,
    }
    expect(await verdictOf(secretOf(foreign, signer))).toEqual(notFound)
    expect(await verdictOf(secretOf(gone, signer))).toEqual(notFound)
    expect(await verdictOf(secretOf(foreign, { ...signer, kid: 'unknown' }))).toEqual(notFound)
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(await verdictOf(secretOf(foreign, { ...signer, privateKey }))).toEqual(notFound)
    expect(await verdictOf(secretOf(current, { ...signer, privateKey }))).toEqual(notFound)
  })

  test('on what is no Secret at all', async () => {
    expect(await verdictOf('x')).toMatchObject({ valid: false, code: 'MALFORMED', keyId: null })
    expect(await verdictOf(current.apiKey)).toMatchObject({ valid: false, code: 'MALFORMED' })
  })
})

test('asking counts as use, from where the question came', async () => {
  await post(JSON.stringify({ key: secretOf(retiring, signer) }))
  await running.lastUsed.flush()
  const uses = await sql`select address, user_agent from key_uses where key_id = ${retiring.id}`
  expect(uses.map((use) => ({ ...use }))).toEqual([{ address: '127.0.0.1', user_agent: 'node' }])
})

test('a stranger may not ask, and learns nothing of the question', async () => {
  for (const body of [JSON.stringify({ key: token }), 'not json']) {
    const response = await post(body, { authorization: 'Bearer x' })
    expect(response.status).toBe(401)
  }
})

describe('a question that is not well-formed', () => {
  const key = 'x'
  test.each<[string, string | Buffer]>([
    ['empty', ''],
    ['not JSON', 'key=x'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no key', '{}'],
    ['an empty key', '{"key":""}'],
    ['key a number', '{"key":1}'],
    ['key null', '{"key":null}'],
    ['key a list', '{"key":["x"]}'],
    ['an unknown field', JSON.stringify({ key, admin: true })],
    ['__proto__', '{"key":"x","__proto__":{"admin":true}}'],
    ['key twice', '{"key":"x","key":"x"}'],
    ['key twice, escaped', '{"key":"x","\\u006bey":"x"}'],
    ['NaN', '{"key":NaN}'],
    ['a byte order mark', '\ufeff{"key":"x"}'],
    ['UTF-16', Buffer.from('{"key":"x"}', 'utf16le')],
    ['broken UTF-8', Buffer.from([...Buffer.from('{"key":"'), 0xc3, 0x28, ...Buffer.from('"}')])],
    ['a lone surrogate', '{"key":"\\ud800"}'],
    ['deep nesting', `{"key":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['an address that is none', '{"key":"x","address":"010.0.0.1"}'],
    ['an address with a zone', '{"key":"x","address":"fe80::1%eth0"}'],
    ['an address with a port', '{"key":"x","address":"192.0.2.1:80"}'],
    ['an empty address', '{"key":"x","address":""}'],
    ['address null', '{"key":"x","address":null}'],
    ['an address by another name', '{"key":"x","ip":"192.0.2.1"}'],
    ['an empty method', '{"key":"x","method":""}'],
    ['a method with a blank', '{"key":"x","method":"GET "}'],
    ['method null', '{"key":"x","method":null}'],
    ['method a list', '{"key":"x","method":["GET"]}'],
  ])('%s: 400', async (_, body) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ code: 'BAD_REQUEST', requestId: expect.any(String) })
  })

  test.each([
    ['', 'Body: it is missing; send a JSON object.'],
    ['[]', 'Body: it must be an object, { … }.'],
    ['{}', 'Body: key: must be a text.'],
    ['{"key":"x","ip":"192.0.2.1"}', 'Body: there is no member "ip" here.'],
    ['{"key":"x","address":"010.0.0.1"}', 'Body: address: is no IPv4 or IPv6 address.'],
    ['{"key":"x","method":"GET "}', 'Body: method: must be a method such as GET.'],
  ])('%s: the answer says what is wrong', async (body, detail) => {
    expect(await (await post(body)).json()).toMatchObject({ detail })
  })

  test.each([
    ['none', ''],
    ['text/plain', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['another charset', 'application/json; charset=utf-16'],
    ['nearly', 'application/jsonp'],
  ])('content type %s: 400', async (_, type) => {
    expect((await post(JSON.stringify({ key }), { 'content-type': type })).status).toBe(400)
  })

  test('compressed: 400', async () => {
    expect((await post(JSON.stringify({ key }), { 'content-encoding': 'gzip' })).status).toBe(400)
  })

  test.each(['?a=1', '?customerRequestId=a&customerRequestId=b', '?customerRequestId=%zz'])(
    '%s: 400',
    async (query) => {
      expect((await post(JSON.stringify({ key }), {}, query)).status).toBe(400)
    },
  )
})

test("the customer's id comes from header, query string or body, and a bad one breaks nothing", async () => {
  const echoed = async (body: object, headers = {}, query = '') => {
    const response = await post(JSON.stringify({ key: token, ...body }), headers, query)
    expect(response.status).toBe(200)
    return response.headers.get('x-customer-request-id')
  }
  expect(await echoed({ customerRequestId: 'body' })).toBe('body')
  expect(await echoed({ customerRequestId: 'body' }, {}, '?customerRequestId=query')).toBe('query')
  expect(await echoed({ customerRequestId: 'body' }, { 'x-customer-request-id': 'header' })).toBe('header')
  for (const customerRequestId of [1, null, {}, 'a\r\nb', 'x'.repeat(129)])
    expect(await echoed({ customerRequestId })).toBeNull()
})

describe('bodies are counted while they stream', () => {
  const head = (lines: string[]) =>
    `${[`POST ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${token}`, 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`
  const sized = (bytes: number) => `{"key":"${'x'.repeat(bytes - 10)}"}`

  test('16 kB pass, one byte more is too large and is told its size', async () => {
    expect((await post(sized(16_384))).status).toBe(200)
    const response = await post(sized(16_385))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({
      code: 'BODY_TOO_LARGE',
      limitBytes: 16_384,
      receivedBytes: 16_385,
    })
  })

  test('chunked, without any length', async () => {
    const chunk = `${(20_000).toString(16)}\r\n${'x'.repeat(20_000)}\r\n`
    const answer = await sendRaw(running.port, [head(['Transfer-Encoding: chunked']), chunk, '0\r\n\r\n'])
    expect(answer.status).toBe(413)
  })

  test('an endless body is cut off', async () => {
    const chunk = `${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`
    const answer = await sendRaw(running.port, [
      head(['Transfer-Encoding: chunked']),
      ...Array(12).fill(chunk),
    ])
    expect(answer.status).toBe(413)
    expect(answer.headers.get('connection')).toBe('close')
  })

  test('a Content-Length that is too short cannot smuggle the rest in', async () => {
    const body = JSON.stringify({ key: token })
    const answer = await sendRaw(running.port, [head(['Content-Length: 2']), body])
    expect([400, 401]).toContain(answer.status)
  })

  test('two lengths, or a length beside chunks, are not HTTP', async () => {
    for (const lines of [
      ['Content-Length: 2', 'Content-Length: 3'],
      ['Content-Length: 2', 'Transfer-Encoding: chunked'],
    ])
      expect((await sendRaw(running.port, [head(lines), '{}'])).status).toBe(400)
  })
})
