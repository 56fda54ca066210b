import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import {
  deleteKey,
  deleteServiceKey,
  insertKey,
  insertOrganization,
  insertServiceKey,
  insertSigner,
  replaceServiceKeySecret,
  secretOf,
  setServiceKeyDisabled,
  type TestSigner,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { type ApiProcess, freePort, spawnApi } from './testing/processes'

let database: FreshDatabase
let sql: postgres.Sql
let signer: TestSigner
const processes: ApiProcess[] = []

beforeAll(async () => {
  database = await freshDatabase()
  sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  signer = await insertSigner(sql)
})

afterEach(() => {
  for (const { child } of processes.splice(0)) child.kill('SIGKILL')
})

afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

async function start(changes: Record<string, string> = {}): Promise<ApiProcess> {
  const started = await spawnApi(database.url, changes)
  processes.push(started)
  return started
}

const ask = async (url: string, token: string, path = '/v1/authz/forward-auth') =>
  fetch(url + path, { headers: { authorization: `Bearer ${token}`, connection: 'close' } })

test('a deletion is refused by a second process within a second', async () => {
  const [first, second] = await Promise.all([start(), start()])
  await Promise.all([first.ready(), second.ready()])
  const key = await insertKey(sql, await insertOrganization(sql))
  const token = secretOf(key, signer)
  for (const { url } of [first, second])
    await until(async () => (await ask(url, token)).status === 200, 1_000)
  await deleteKey(sql, key)
  for (const { url } of [first, second])
    await until(async () => (await ask(url, token)).status === 401, 1_000)
})

describe('what happens to a service key is known to two processes within a second', () => {
  const both: ApiProcess[] = []

  beforeAll(async () => {
    both.push(await spawnApi(database.url), await spawnApi(database.url))
    await Promise.all(both.map((api) => api.ready()))
  })
  afterAll(() => {
    for (const { child } of both) child.kill('SIGKILL')
  })

  /** Each within a second of the call of this function, whatever the other one says. */
  const everywhere = (token: string, status: number) =>
    Promise.all(both.map(({ url }) => until(async () => (await ask(url, token)).status === status, 1_000)))

  test('disabled it is refused, enabled it is accepted, deleted it is refused', async () => {
    const key = await insertServiceKey(sql, await insertOrganization(sql))
    await everywhere(key.text, 200)
    for (let round = 0; round < 3; round++) {
      await setServiceKeyDisabled(sql, key, new Date())
      await everywhere(key.text, 401)
      await setServiceKeyDisabled(sql, key, null)
      await everywhere(key.text, 200)
    }
    await deleteServiceKey(sql, key)
    await everywhere(key.text, 401)
  })

  test('rotated without overlap the old secret is refused', async () => {
    const key = await insertServiceKey(sql, await insertOrganization(sql))
    await everywhere(key.text, 200)
    const now = new Date()
    const text = await replaceServiceKeySecret(sql, key, now, now)
    await Promise.all([everywhere(text, 200), everywhere(key.text, 401)])
  })

  test('rotated with overlap both work until it ends, by the deadline or before it', async () => {
    const key = await insertServiceKey(sql, await insertOrganization(sql))
    await everywhere(key.text, 200)
    const now = Date.now()
    const endsAt = new Date(now + 2_500)
    const text = await replaceServiceKeySecret(sql, key, new Date(now), endsAt)
    await everywhere(text, 200)
    while (Date.now() < endsAt.getTime() - 300)
      for (const { url } of both) {
        const [former, current] = [await ask(url, key.text), await ask(url, text)]
        if (Date.now() < endsAt.getTime()) expect([former.status, current.status]).toEqual([200, 200])
      }
    await until(() => Date.now() >= endsAt.getTime())
    for (const { url } of both)
      expect([(await ask(url, key.text)).status, (await ask(url, text)).status]).toEqual([401, 200])

    const third = await replaceServiceKeySecret(sql, key, new Date(), new Date(Date.now() + 3_600_000))
    await Promise.all([everywhere(third, 200), everywhere(text, 200)])
    await sql`update service_key_secrets set accepted_until = now() where key_id = ${key.id}
      and accepted_until > now()`
    await Promise.all([everywhere(third, 200), everywhere(text, 401)])
  })
})

test('a stop fails /readyz first, answers what runs, writes what was used, and exits with 0', async () => {
  const api = await start()
  await api.ready()
  const key = await insertKey(sql, await insertOrganization(sql))
  const token = secretOf(key, signer)
  await until(async () => (await ask(api.url, token)).status === 200)

  const body = JSON.stringify({ key: token })
  const running = connect(api.port, '127.0.0.1')
  await once(running, 'connect')
  running.write(
    `POST /v1/keys:verify HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  )
  let answer = ''
  running.on('data', (chunk) => {
    answer += chunk
  })

  api.child.kill('SIGTERM')
  await until(async () => (await ask(api.url, token, '/readyz')).status === 503)
  const meanwhile = await ask(api.url, token)
  expect(meanwhile.status).toBe(200)
  expect(meanwhile.headers.get('connection')).toBe('close')
  await until(() => refused(api.port))
  expect(api.child.exitCode).toBeNull()
  running.write(body.slice(10))
  await once(running, 'close')
  expect(answer).toContain('HTTP/1.1 200 OK')
  expect(answer).toContain('"valid":true')

  expect(await api.ended()).toBe(0)
  expect(await sql`select address from key_uses where key_id = ${key.id}`).toEqual([{ address: '127.0.0.1' }])
  expect(api.output()).toContain('"cause":"SIGTERM"')
  expect(api.output()).not.toContain(token)
})

test('it starts without a database and becomes ready when there is one', async () => {
  const port = await freePort()
  const url = new URL(database.url)
  const target = Number(url.port)
  url.port = String(port)
  const api = await spawnApi(url.href)
  processes.push(api)
  const probe = (path: string) =>
    fetch(api.url + path).then(
      (response) => response.status,
      () => 0,
    )
  await until(async () => (await probe('/healthz')) === 200, 30_000)
  expect(await probe('/readyz')).toBe(503)
  expect((await ask(api.url, 'x')).status).toBe(401)

  const tunnel = createServer((socket) => {
    const upstream = connect(target, '127.0.0.1')
    socket.pipe(upstream).pipe(socket)
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
  }).listen(port, '127.0.0.1')
  await api.ready()
  tunnel.close()
})

test('it does not outlive the process that started it', async () => {
  const api = await start({ KEYTURN_DEMO: '1' })
  await api.ready()
  api.child.disconnect()
  expect(await api.ended()).toBe(0)
})

test('a configuration that cannot work is named, and nothing starts', async () => {
  const cases: [Record<string, string>, string][] = [
    [{ MASTER_KEY: '' }, 'MASTER_KEY'],
    [{ TRUSTED_PROXIES: '10.0.0.0/8, 10.0.0.1/8' }, 'TRUSTED_PROXIES "10.0.0.1/8"'],
  ]
  for (const [changes, name] of cases) {
    const api = await start(changes)
    expect(await api.ended()).toBe(1)
    expect(api.output()).toContain(name)
    expect(api.output()).not.toContain('    at ')
  }
})

test('a taken port is named', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const api = await start({ API_PORT: String(port) })
  expect(await api.ended()).toBe(1)
  expect(api.output()).toContain(`port ${port} is taken`)
  other.close()
})

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', () => resolve(true))
  })
}
