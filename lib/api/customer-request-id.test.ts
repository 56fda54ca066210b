import { connect } from 'node:net'
import { beforeEach, describe, expect, test } from 'vitest'
import { newKeyText } from '@/lib/keys/token'
import { secretDay } from '@/lib/organization-keys/secret'
import { day, insertKey, insertOrganization, secretOf } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { sendRequest } from './testing/raw-http'
import { startApi } from './testing/running-api'
import { testApi } from './testing/test-api'

const { database, sql, running, signer } = await testApi()
let organizationId: string
let token: string

beforeEach(async () => {
  organizationId = await insertOrganization(sql)
  token = secretOf(await insertKey(sql, organizationId), signer)
  await until(async () => (await whoami()).status === 200)
})

const whoami = (headers: Record<string, string> = {}, query = '', api = running) =>
  fetch(`${api.url}/v1/whoami${query}`, { headers: { authorization: `Bearer ${token}`, ...headers } })

const verify = (body: object, headers: Record<string, string> = {}, query = '') =>
  fetch(`${running.url}/v1/keys:verify${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key: token, ...body }),
  })

/** The call's line and row, found by our id of it. */
async function logged(answer: { headers: { get(name: string): string | null | undefined } }) {
  const requestId = answer.headers.get('x-request-id') ?? ''
  const lines = running.lines().filter((line) => line.requestId === requestId)
  await running.requestLog.flush()
  const [row] = await sql`select * from requests where id = ${requestId}`
  return { lines, row }
}

describe('the id is taken from', () => {
  const cases: [string, () => Promise<Response>, string][] = [
    ['the default header', () => whoami({ 'X-Customer-Request-Id': 'order 1' }), 'X-Customer-Request-Id'],
    ['the query parameter', () => whoami({}, '?customerRequestId=order+1'), 'X-Customer-Request-Id'],
    ['the JSON field', () => verify({ customerRequestId: 'order 1' }), 'X-Customer-Request-Id'],
    [
      'the header, which wins over both others',
      () =>
        verify({ customerRequestId: 'c' }, { 'x-customer-request-id': 'order 1' }, '?customerRequestId=b'),
      'X-Customer-Request-Id',
    ],
    [
      'the query parameter, which wins over the field',
      () => verify({ customerRequestId: 'c' }, {}, '?customerRequestId=order%201'),
      'X-Customer-Request-Id',
    ],
  ]
  test.each(cases)('%s', async (_, call, header) => {
    const answer = await call()
    expect(answer.status).toBe(200)
    expect(answer.headers.get(header)).toBe('order 1')
    const { lines, row } = await logged(answer)
    expect(lines).toMatchObject([
      { customerRequestId: 'order 1', code: 'VALID', organizationId, msg: 'request' },
    ])
    expect(row).toMatchObject({
      customer_request_id: 'order 1',
      code: 'VALID',
      organization_id: organizationId,
    })
  })

  test('a gateway’s question: the header or the query string of the call that it asks about', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${running.url}/v1/authz/forward-auth?customerRequestId=gateway`, {
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-method': 'GET', ...headers },
      })
    const uri = '/orders?customerRequestId=order+1'
    const either: Record<string, string>[] = [
      { 'x-forwarded-uri': uri },
      { 'x-customer-request-id': 'order 1' },
    ]
    for (const headers of either) {
      const answer = await ask(headers)
      expect(answer.headers.get('x-customer-request-id')).toBe('order 1')
      expect((await logged(answer)).row).toMatchObject({ customer_request_id: 'order 1' })
    }
  })
})

test('a renamed header is taken, echoed as it was written, and the default one no more', async () => {
  await sql`update organizations set request_id_header = 'X-Correlation-Id' where id = ${organizationId}`
  const other = await startApi({ databaseUrl: database.url })
  await other.ready()
  try {
    const both = { 'X-Customer-Request-Id': 'old', 'X-Correlation-Id': 'new' }
    for (const api of [running, other])
      await until(async () => (await whoami(both, '', api)).headers.get('x-correlation-id') === 'new', 1_000)

    await sql`update organizations set request_id_header = 'traceparent' where id = ${organizationId}`
    for (const api of [running, other])
      await until(
        async () => (await whoami({ traceparent: 'id' }, '', api)).headers.has('traceparent'),
        1_000,
      )
    const answer = await sendRequest(running.port, 'GET /v1/whoami', [
      `Authorization: Bearer ${token}`,
      'tRaceParent: mixed',
      'X-Customer-Request-Id: old',
    ])
    expect(answer.head).toContain('\r\ntRaceParent: mixed')
    expect(answer.headers.has('x-customer-request-id')).toBe(false)
    expect((await logged(answer)).row).toMatchObject({ customer_request_id: 'mixed' })

    const parameter = await whoami({}, '?customerRequestId=by-parameter')
    expect(parameter.headers.get('traceparent')).toBe('by-parameter')
  } finally {
    await other.stop()
  }
})

describe('a call that is refused before anybody asks who calls is still its owner’s', () => {
  test.each([
    ['GET /nothing', 'PATH_NOT_FOUND', 404],
    ['POST /v1/whoami', 'METHOD_NOT_ALLOWED', 405],
    ['GET /v1/whoami?a=1', 'BAD_REQUEST', 400],
    ['GET /v1/whoami?access_token=kt_org_x', 'TOKEN_IN_QUERY', 400],
    ['GET /v1/whoami?customerRequestId=a&customerRequestId=b', 'BAD_REQUEST', 400],
  ])('%s', async (line, code, status) => {
    await sql`update organizations set request_id_header = 'X-Trace' where id = ${organizationId}`
    await until(async () => (await whoami({ 'X-Trace': 'a' })).headers.has('x-trace'))
    const answer = await sendRequest(running.port, line, [
      `Authorization: Bearer ${token}`,
      'X-Trace: order 1',
    ])
    expect([answer.status, answer.headers.get('x-trace')]).toEqual([status, 'order 1'])
    const { lines, row } = await logged(answer)
    expect(lines).toMatchObject([{ customerRequestId: 'order 1', code, status, organizationId }])
    expect(row).toMatchObject({
      customer_request_id: 'order 1',
      code,
      status,
      organization_id: organizationId,
    })
  })
})

describe('a hostile id never breaks a request, a line or a row', () => {
  const hostile: [string, string[], string][] = [
    ['10 kB', [`X-Customer-Request-Id: ${'a'.repeat(10_000)}`], ''],
    ['ESC', ['X-Customer-Request-Id: a\u001b[31mb'], ''],
    ['bytes of an emoji', ['X-Customer-Request-Id: \u00f0\u009f\u0098\u0080'], ''],
    ['nothing', ['X-Customer-Request-Id:'], ''],
    ['CR and LF in the query', [], '?customerRequestId=a%0d%0ab'],
    ['U+2028 in the query', [], '?customerRequestId=%e2%80%a8'],
    ['an emoji in the query', [], '?customerRequestId=%f0%9f%98%80'],
    ['10 kB in the query', [], `?customerRequestId=${'a'.repeat(10_000)}`],
    ['129 characters', [`X-Customer-Request-Id: ${'a'.repeat(129)}`], ''],
    ['a token of ours', ['X-Customer-Request-Id: kt_org_abcdefghij'], ''],
  ]
  test.each(hostile)('%s is dropped, and the request goes on', async (_, headers, query) => {
    const answer = await sendRequest(running.port, `GET /v1/whoami${query}`, [
      `Authorization: Bearer ${token}`,
      ...headers,
    ])
    // What is not HTTP is refused as such, before there is a request.
    if (answer.status === 400) return expect(JSON.parse(answer.body).detail).toBe('This is not HTTP/1.1.')
    expect(answer.status).toBe(200)
    expect(answer.headers.has('x-customer-request-id')).toBe(false)
    const { lines, row } = await logged(answer)
    expect(lines).toMatchObject([{ status: 200, organizationId }])
    expect(lines[0]).not.toHaveProperty('customerRequestId')
    expect(row).toMatchObject({ status: 200, customer_request_id: null })
  })

  test.each([
    '"}\n{"level":60}',
    '\r\n',
    '\u001b',
    '\u2028',
    '😀',
    '\ud83d',
    '',
    'a'.repeat(10_000),
    7,
    null,
    {},
  ])('as a field: %j', async (customerRequestId) => {
    const answer = await verify({ customerRequestId })
    expect([200, 400]).toContain(answer.status)
    expect(answer.headers.has('x-customer-request-id')).toBe(false)
    const { lines, row } = await logged(answer)
    expect(lines).toMatchObject([{ status: answer.status, organizationId }])
    expect(row).toMatchObject({ status: answer.status, customer_request_id: null })
  })

  test('quotes, backslashes and what a row or a spreadsheet would take for its own stay as they are', async () => {
    const id = `"\\N\\." {"level":60} \\u0000 =1+1 'x`
    const answer = await whoami({ 'X-Customer-Request-Id': id })
    expect(answer.headers.get('x-customer-request-id')).toBe(id)
    const { lines, row } = await logged(answer)
    expect(lines).toMatchObject([{ customerRequestId: id }])
    expect(row).toMatchObject({ customer_request_id: id })
  })

  test('of two headers the first one counts', async () => {
    const answer = await sendRequest(running.port, 'GET /v1/whoami', [
      `Authorization: Bearer ${token}`,
      'X-Customer-Request-Id: first',
      'X-Customer-Request-Id: second',
    ])
    expect((await logged(answer)).row).toMatchObject({ customer_request_id: 'first' })
  })
})

test('every line of a request carries the id, also one about a surprise', async () => {
  const { source } = running.api
  const broken = { ...running.api, source: { list: source.list, trust: () => raise('out of order') } }
  Object.assign(running.api, { source: broken.source })
  try {
    const answer = await whoami({ 'X-Customer-Request-Id': 'order 1' })
    expect(answer.status).toBe(500)
    const { lines } = await logged(answer)
    expect(lines.map(({ msg }) => msg)).toEqual(['request failed', 'request'])
    for (const line of lines) expect(line).toMatchObject({ customerRequestId: 'order 1' })
    expect(lines[1]).toMatchObject({ code: 'INTERNAL', status: 500 })
  } finally {
    Object.assign(running.api, { source })
  }
})

test('a caller who leaves is a row with 499; a probe and nobody’s call are a line and no row', async () => {
  const before = running.lines().length
  const leaving = connect(running.port, '127.0.0.1')
  leaving.write(
    `POST /v1/keys:verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Length: 9\r\n` +
      'X-Customer-Request-Id: order 1\r\n\r\n{',
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  leaving.destroy()
  await until(() => running.lines().length > before)
  const [line] = running.lines().slice(before)
  expect(line).toMatchObject({ status: 499, code: 'ABORTED', customerRequestId: 'order 1', organizationId })
  const answerOf = (path: string) => fetch(running.url + path)
  const codes = { '/healthz': 'OK', '/readyz': 'OK', '/openapi.json': 'OK', '/v1/whoami': 'UNAUTHENTICATED' }
  for (const [path, code] of Object.entries(codes)) {
    const { lines, row } = await logged(await answerOf(path))
    expect(lines).toMatchObject([{ path, code }])
    expect(row).toBeUndefined()
  }
})

test('the log has the exact reason of a refusal, of which a stranger hears only "invalid token"', async () => {
  const key = await insertKey(sql, await insertOrganization(sql), {
    createdAt: new Date(Date.now() - 2 * day),
    expiresAt: new Date(Date.now() - day),
  })
  const expired = secretOf(key, signer, { iat: secretDay(new Date(Date.now() - 2 * day)) })
  await until(() => running.keeper.list.key(key.id) !== undefined)
  const unknown = secretOf({ ...key, apiKey: newKeyText('org') }, signer)
  const cases: [Record<string, string>, string, string | undefined][] = [
    [{ authorization: `Bearer ${expired}` }, 'EXPIRED', key.id],
    [{ 'x-api-key': newKeyText('org') }, 'TWO_CREDENTIALS', undefined],
    [{ authorization: `Bearer ${unknown}` }, 'NOT_FOUND', undefined],
    [{ authorization: 'Bearer garbage' }, 'MALFORMED', undefined],
  ]
  for (const [headers, code, keyId] of cases) {
    const answer = await whoami(headers)
    expect(await answer.json()).toMatchObject({ status: 401, code: 'INVALID_TOKEN', title: 'Invalid token' })
    const { lines, row } = await logged(answer)
    expect(lines).toMatchObject([{ status: 401, code }])
    expect(row?.key_id).toBe(keyId)
  }
})

function raise(message: string): never {
  throw new Error(message)
}
