import { beforeAll, expect, test } from 'vitest'
import { secretDay } from '@/lib/organization-keys/secret'
import { isAddress, type JudgedKey, judge, judgedClient } from '@/lib/verify/testing/oracle'
import {
  deleteServiceKey,
  insertServiceKey,
  insertServiceUser,
  replaceServiceKeySecret,
  secretOf,
} from '@/lib/verify/testing/rows'
import { oneOf, seeded } from '@/lib/verify/testing/seeded'
import {
  addresses,
  levels,
  methods,
  moments,
  rangeSets,
  start,
  states,
} from '@/lib/verify/testing/service-key-table'
import { sendRequest } from './testing/raw-http'
import { testApi } from './testing/test-api'

const trusted = ['127.0.0.1/32', '10.2.0.0/16']
let clock = start

const {
  sql,
  running,
  signer,
  key: caller,
  caughtUp,
} = await testApi({ now: () => clock, trustedProxies: trusted })
const callerSecret = secretOf(caller, signer, { iat: secretDay(new Date(start)) })

// Of thousands of lines only the last one is read.
const lastCode = (): unknown => {
  const logged = running.logged()
  return JSON.parse(logged.slice(logged.lastIndexOf('\n', logged.length - 2) + 1)).code
}

type Row = JudgedKey & { text: string; state: string }
const keys: Row[] = []
const day = 86_400_000

beforeAll(async () => {
  for (const { name, ...state } of states)
    for (const accessLevel of levels)
      for (const ranges of rangeSets.slice(0, 9)) {
        const key = await insertServiceKey(sql, caller.organizationId, {
          serviceUser: await insertServiceUser(sql, caller.organizationId),
          accessLevel,
          allowedRanges: ranges,
          createdAt: new Date(start - 10 * day),
          expiresAt: state.expiresAt === null ? null : new Date(state.expiresAt),
          disabledAt: state.isDisabled ? new Date(start - 5_000) : null,
        })
        if (state.acceptedUntil !== null)
          await replaceServiceKeySecret(sql, key, new Date(start - 2 * day), new Date(state.acceptedUntil))
        if (state.isDeleted) await deleteServiceKey(sql, key)
        keys.push({ ...state, state: name, accessLevel, ranges, text: key.text })
      }
  await caughtUp()
})

const statuses: Record<string, number> = { VALID: 200, IP_DENIED: 403, INSUFFICIENT_ACCESS: 403 }

/** What a client may send to be taken for somebody else; none of it is believed. */
const spoofs = [
  'Forwarded: for=10.1.2.3;proto=https',
  'X_Forwarded_For: 10.1.2.3',
  'X-Real-IP: 10.1.2.3',
  'Connection: X-Forwarded-For',
  'X-HTTP-Method-Override: GET',
  'X-Forwarded-Method-: GET',
  'X_Forwarded_Method: GET',
  'X_Original_Method: GET',
]
const families = [
  { path: '/v1/authz/forward-auth', own: 'X-Forwarded-Method', others: ['X-Original-Method: GET'] },
  { path: '/v1/authz/auth-request', own: 'X-Original-Method', others: ['X-Forwarded-Method: GET'] },
  { path: '/v1/authz/ext-authz/a', own: null, others: ['X-Original-Method: GET', 'X-Forwarded-Method: GET'] },
]
const httpMethods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE']

test('every call at a gateway is answered as an independent oracle answers it, whatever else it claims', async () => {
  const next = seeded(7)
  const wrong: unknown[] = []
  const counts = new Map<string, number>()
  for (let i = 0; i < 2_500; i++) {
    const key = oneOf(keys, next)
    clock = oneOf(moments, next)
    const { path, own, others } = oneOf(families, next)
    const method = own === null ? oneOf(httpMethods, next) : oneOf(methods, next)
    const peer = oneOf(['127.0.0.1', '127.0.0.1', '127.0.0.9'], next)
    const forwarded = Array.from({ length: next(3) }, () =>
      Array.from({ length: 1 + next(2) }, () => oneOf([...addresses, '10.2.0.1'], next)).join(', '),
    )
    const headers = [
      `Authorization: Bearer ${key.text}`,
      ...forwarded.map((value) => `X-Forwarded-For: ${value}`),
      ...(own !== null && method !== null ? [`${own}: ${method}`] : []),
      ...[...spoofs, ...others].filter(() => next(3) === 0),
    ]
    const line = `${own === null ? method : 'GET'} ${path}`
    const address = judgedClient(peer, forwarded, trusted)
    const expected = judge(key, { method, address, now: clock })
    const answer = await sendRequest(running.port, line, headers, peer)
    const code = lastCode()
    counts.set(expected, (counts.get(expected) ?? 0) + 1)
    if (code !== expected || answer.status !== (statuses[expected] ?? 401))
      wrong.push({ key, line, headers, peer, address, expected, code, status: answer.status })
  }
  expect(wrong).toEqual([])
  expect(counts.size).toBe(7)
  for (const count of counts.values()) expect(count).toBeGreaterThan(50)
})

test('a service that asks is told what an independent oracle says of the call that it names', async () => {
  const next = seeded(8)
  const wrong: unknown[] = []
  for (let i = 0; i < 800; i++) {
    const key = oneOf(keys, next)
    clock = oneOf(moments, next)
    const method = oneOf([...methods, null, null], next)
    const address = oneOf([...addresses, null, null, null], next)
    const question = {
      key: key.text,
      ...(method === null ? {} : { method }),
      ...(address === null ? {} : { address }),
    }
    const response = await fetch(`${running.url}/v1/keys:verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${callerSecret}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
    })
    const isWellFormed = (address === null || isAddress(address)) && method !== ''
    const expected = isWellFormed ? judge(key, { method, address, now: clock }) : 'BAD_REQUEST'
    const body = await response.json()
    const code = response.status === 200 ? body.data.code : body.code
    const isRight = code === expected && (body.data?.valid ?? false) === (expected === 'VALID')
    if (!isRight) wrong.push({ key, question, expected, status: response.status, body })
  }
  expect(wrong).toEqual([])
})

test("each gateway's own headers only: a GET elsewhere does not make a DELETE readable", async () => {
  clock = start - 1
  const key = keys.find(
    ({ state, accessLevel, ranges }) => state === 'active' && accessLevel === 'read' && ranges.length === 0,
  )
  const ask = async (line: string, ...headers: string[]) =>
    (await sendRequest(running.port, line, [`X-Api-Key: ${key?.text}`, ...headers])).status
  const [forwarded, original] = ['X-Forwarded-Method: ', 'X-Original-Method: ']
  expect(await ask('GET /v1/authz/forward-auth', `${forwarded}GET`)).toBe(200)
  expect(await ask('GET /v1/authz/forward-auth', `${forwarded}DELETE`, `${original}GET`)).toBe(403)
  expect(await ask('GET /v1/authz/forward-auth', `${original}GET`)).toBe(403)
  expect(await ask('GET /v1/authz/forward-auth', `${forwarded}DELETE`, `${forwarded}GET`)).toBe(403)
  expect(await ask('GET /v1/authz/forward-auth', `${forwarded}GET`, `${forwarded}DELETE`)).toBe(403)
  expect(await ask('GET /v1/authz/auth-request', `${original}GET`)).toBe(200)
  expect(await ask('GET /v1/authz/auth-request', `${original}DELETE`, `${forwarded}GET`)).toBe(403)
  expect(await ask('GET /v1/authz/auth-request', `${forwarded}GET`)).toBe(403)
  expect(await ask('GET /v1/authz/ext-authz/orders')).toBe(200)
  expect(await ask('DELETE /v1/authz/ext-authz/orders', `${forwarded}GET`, `${original}GET`)).toBe(403)
})
