import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import {
  insertKey,
  insertOrganization,
  insertSigner,
  secretOf,
  type TestKey,
  type TestSigner,
} from '@/lib/verify/testing/rows'
import { type RunningApi, startApi } from './testing/running-api'

let database: FreshDatabase
let sql: postgres.Sql
let running: RunningApi
let signer: TestSigner
let key: TestKey
let token: string

beforeAll(async () => {
  database = await freshDatabase()
  sql = postgres(database.ownerUrl, { max: 2 })
  signer = await insertSigner(sql)
  key = await insertKey(sql, await insertOrganization(sql))
  token = secretOf(key, signer)
  running = await startApi({ databaseUrl: database.url })
  await running.ready()
})

afterAll(async () => {
  await running?.stop()
  await sql?.end()
  await database?.drop()
})

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(running.url + path, { method, headers })

test('an allowed call gets 200, no body and all identity headers', async () => {
  const response = await ask('/v1/authz/forward-auth', { authorization: `Bearer ${token}` })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  const headers = Object.fromEntries(response.headers)
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-org-id': key.organizationId,
    'x-key-id': key.id,
    'x-key-name': 'Organization key, generation 1',
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
  expect(headers).not.toHaveProperty('content-security-policy')
})
