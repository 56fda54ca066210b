import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { newKeyText } from '@/lib/keys/token'
import {
  insertKey,
  insertOrganization,
  insertSigner,
  secretOf,
  type TestKey,
  type TestSigner,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { type RunningApi, startApi } from './testing/running-api'

let database: FreshDatabase
let admin: postgres.Sql
let running: RunningApi
let signer: TestSigner
let key: TestKey
let silence = 0

beforeAll(async () => {
  database = await freshDatabase()
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  signer = await insertSigner(sql)
  key = await insertKey(sql, await insertOrganization(sql))
  await sql.end()
  const elsewhere = new URL(database.ownerUrl)
  elsewhere.pathname = '/postgres'
  admin = postgres(elsewhere.href, { max: 1, onnotice: () => {} })
  running = await startApi({ databaseUrl: database.url, elapsed: () => performance.now() + silence })
  await running.ready()
})

afterAll(async () => {
  await running?.stop()
  await admin?.end()
  await database?.drop()
})

const databaseName = () => new URL(database.url).pathname.slice(1)

async function takeDatabaseAway(): Promise<void> {
  await admin`alter database ${admin(databaseName())} allow_connections false`
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${databaseName()}`
  await until(() => running.keeper.trust() !== 'current')
}

async function bringDatabaseBack(): Promise<void> {
  await admin`alter database ${admin(databaseName())} allow_connections true`
}

const ask = (token: string) =>
  fetch(`${running.url}/v1/authz/forward-auth`, { headers: { authorization: `Bearer ${token}` } })
const status = async (path: string) => (await fetch(running.url + path)).status

test('without a database known keys are answered while the list is fresh, and nobody is guessed about', async () => {
  const known = secretOf(key, signer)
  const unknown = secretOf({ ...key, apiKey: newKeyText('org') }, signer)
  const firstSeenDuringOutage = secretOf(key, signer, { exp: 4_102_444_800 })
  expect((await ask(known)).status).toBe(200)
  expect((await ask(unknown)).status).toBe(401)

  await takeDatabaseAway()
  expect((await ask(known)).status).toBe(200)
  expect((await ask(firstSeenDuringOutage)).status).toBe(200)
  expect((await ask('garbage')).status).toBe(401)
  const unsure = await ask(unknown)
  expect(unsure.status).toBe(503)
  expect(unsure.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await unsure.json()).toMatchObject({ code: 'UNAVAILABLE' })
  expect(await status('/readyz')).toBe(200)
  const question = await fetch(`${running.url}/v1/keys:verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${known}`, 'content-type': 'application/json' },
    body: JSON.stringify({ key: unknown }),
  })
  expect(question.status).toBe(503)

  silence = 61_000
  for (const token of [known, unknown]) {
    const response = await ask(token)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
  }
  expect((await ask('garbage')).status).toBe(401)
  expect(await status('/readyz')).toBe(503)
  expect(await status('/healthz')).toBe(200)

  await bringDatabaseBack()
  await until(() => running.keeper.trust() === 'current')
  expect((await ask(known)).status).toBe(200)
  expect((await ask(unknown)).status).toBe(401)
  expect(await status('/readyz')).toBe(200)
})
