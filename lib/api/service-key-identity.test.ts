import { afterEach, beforeAll, expect, test } from 'vitest'
import { testCallHeader, testMark } from '@/lib/keys/test-mark'
import {
  day,
  insertOrganization,
  insertServiceKey,
  insertServiceUser,
  replaceServiceKeySecret,
  secretOf,
  type TestServiceKey,
} from '@/lib/verify/testing/rows'
import { masterKey } from './testing/running-api'
import { testApi } from './testing/test-api'

let clock: number | null = null
const {
  sql,
  running,
  signer,
  key: organizationKey,
  caughtUp,
} = await testApi({ now: () => clock ?? Date.now() })
const { organizationId } = organizationKey

const inSeconds = Math.floor(Date.now() / 1000) * 1000
const expiresAt = new Date(inSeconds + 10 * day)
const overlapEndsAt = new Date(inSeconds + day)
let key: TestServiceKey
let current: string

beforeAll(async () => {
  key = await insertServiceKey(sql, organizationId, {
    name: 'Łódź, 100 %',
    serviceUser: await insertServiceUser(sql, organizationId, 'Büro'),
    accessLevel: 'read-write',
    expiresAt,
  })
  current = await replaceServiceKeySecret(sql, key, new Date(inSeconds), overlapEndsAt)
  await caughtUp()
})

afterEach(() => {
  clock = null
})

const forwardAuth = '/v1/authz/forward-auth'
const ask = (path: string, token: string, headers: Record<string, string> = {}) =>
  fetch(running.url + path, {
    headers: {
      connection: 'close',
      authorization: `Bearer ${token}`,
      'x-forwarded-method': 'GET',
      ...headers,
    },
  })
const verdictOf = async (token: string, question: object) => {
  const response = await fetch(`${running.url}/v1/keys:verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'user-agent': 'asker' },
    body: JSON.stringify(question),
  })
  expect(response.status).toBe(200)
  return (await response.json()).data
}
const text = (moment: Date) => moment.toISOString().replace('.000', '')

test('a gateway is told whose key it is, in names that can stand in a header', async () => {
  const response = await ask(forwardAuth, current)
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-org-id': organizationId,
    'x-key-id': key.id,
    'x-key-name': '%C5%81%C3%B3d%C5%BA, 100 %25',
    'x-service-user-id': key.serviceUser.id,
    'x-service-user': 'B%C3%BCro',
    'x-access-level': 'read-write',
    'x-key-expires': text(expiresAt),
  })
  expect(response.headers.has('sunset')).toBe(false)
})

test('a secret that was replaced is accepted until its exact end, and says so', async () => {
  const former = await ask(forwardAuth, key.text)
  expect(former.status).toBe(200)
  expect(former.headers.get('x-key-id')).toBe(key.id)
  expect(former.headers.get('deprecation')).toBe(`@${inSeconds / 1000}`)
  expect(former.headers.get('sunset')).toBe(overlapEndsAt.toUTCString())
  for (const [moment, status, code] of [
    [overlapEndsAt.getTime() - 1, 200, 'VALID'],
    [overlapEndsAt.getTime(), 401, 'REVOKED'],
    [overlapEndsAt.getTime() - 1, 200, 'VALID'],
    [expiresAt.getTime(), 401, 'REVOKED'],
  ] as const) {
    clock = moment
    expect((await ask(forwardAuth, key.text)).status).toBe(status)
    expect(running.lines().at(-1)).toMatchObject({ code, keyId: key.id })
  }
})

test('a service key expires to the millisecond', async () => {
  for (const [moment, status, code] of [
    [overlapEndsAt.getTime(), 200, 'VALID'],
    [expiresAt.getTime() - 1, 200, 'VALID'],
    [expiresAt.getTime(), 401, 'EXPIRED'],
    [expiresAt.getTime() - 1, 200, 'VALID'],
  ] as const) {
    clock = moment
    expect((await ask(forwardAuth, current)).status).toBe(status)
    expect(running.lines().at(-1)).toMatchObject({ code, keyId: key.id })
  }
})

test('whoami and keys:verify name the service user', async () => {
  const facts = {
    keyId: key.id,
    organizationId,
    name: 'Łódź, 100 %',
    serviceUser: key.serviceUser,
    accessLevel: 'read-write',
    expiresAt: text(expiresAt),
    graceEndsAt: null,
  }
  expect((await (await ask('/v1/whoami', current)).json()).data).toEqual({
    ...facts,
    organizationName: 'Northwind',
  })
  expect(await verdictOf(current, { key: current, method: 'PUT' })).toEqual({
    ...facts,
    valid: true,
    code: 'VALID',
  })
  expect(await verdictOf(current, { key: key.text, method: 'DELETE' })).toEqual({
    ...facts,
    graceEndsAt: text(overlapEndsAt),
    valid: false,
    code: 'INSUFFICIENT_ACCESS',
  })
})

test('a key that may only read cannot ask by POST', async () => {
  const reader = await insertServiceKey(sql, organizationId, { accessLevel: 'read' })
  await caughtUp()
  expect((await ask('/v1/whoami', reader.text)).status).toBe(200)
  const response = await fetch(`${running.url}/v1/keys:verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${reader.text}`, 'content-type': 'application/json' },
    body: JSON.stringify({ key: reader.text }),
  })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ code: 'INSUFFICIENT_ACCESS' })
})

const usesOf = async ({ id }: TestServiceKey) => {
  await running.lastUsed.flush()
  const [row] =
    await sql`select last_used_from, last_user_agent, refused_from, refused_user_agent, refused_code
    from service_key_uses where key_id = ${id}`
  return row && Object.values(row)
}

test('the last use and the last refusal are kept, but not of test calls and not of what is asked elsewhere', async () => {
  const limited = await insertServiceKey(sql, organizationId, {
    accessLevel: 'read',
    allowedRanges: ['127.0.0.0/8', '192.0.2.0/24'],
  })
  const foreign = await insertServiceKey(sql, await insertOrganization(sql))
  await caughtUp()
  const mark = { [testCallHeader]: testMark(limited.text, new Date(), [masterKey]) }
  expect((await ask(forwardAuth, limited.text, mark)).status).toBe(200)
  expect((await ask(forwardAuth, limited.text, { ...mark, 'x-forwarded-method': 'PUT' })).status).toBe(403)
  const verdict = await verdictOf(foreign.text, { key: limited.text })
  expect(verdict).toMatchObject({ code: 'NOT_FOUND', keyId: null, serviceUser: null })
  expect(await usesOf(limited)).toEqual([null, null, null, null, null])

  await ask(forwardAuth, limited.text, { 'user-agent': 'curl/8' })
  await ask(forwardAuth, limited.text, { 'user-agent': 'wget', 'x-forwarded-method': 'PUT' })
  const own = ['127.0.0.1', 'curl/8', '127.0.0.1', 'wget', 'INSUFFICIENT_ACCESS']
  expect(await usesOf(limited)).toEqual(own)

  const question = { key: limited.text, method: 'GET' }
  const organizationSecret = secretOf(organizationKey, signer)
  expect(await verdictOf(organizationSecret, { ...question, address: '::ffff:192.0.2.7' })).toMatchObject({
    code: 'VALID',
  })
  expect(await verdictOf(organizationSecret, { ...question, address: '198.51.100.7' })).toMatchObject({
    code: 'IP_DENIED',
  })
  expect(await usesOf(limited)).toEqual(['192.0.2.7', 'asker', '198.51.100.7', 'asker', 'IP_DENIED'])
})

test('what a question left open is no refused call of the key', async () => {
  const limited = await insertServiceKey(sql, organizationId, {
    accessLevel: 'read',
    allowedRanges: ['192.0.2.0/24'],
  })
  await caughtUp()
  const asker = secretOf(organizationKey, signer)
  const codeOf = async (question: object) => (await verdictOf(asker, { key: limited.text, ...question })).code
  expect(await codeOf({ method: 'GET' })).toBe('IP_DENIED')
  expect(await codeOf({ address: '192.0.2.7' })).toBe('INSUFFICIENT_ACCESS')
  expect(await usesOf(limited)).toEqual([null, null, null, null, null])
  expect(await codeOf({ address: '192.0.2.7', method: 'PUT' })).toBe('INSUFFICIENT_ACCESS')
  expect(await usesOf(limited)).toEqual([null, null, '192.0.2.7', 'asker', 'INSUFFICIENT_ACCESS'])
})
