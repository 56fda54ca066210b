import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { migrate } from '@/db/migrate'
import { load } from '@/lib/bench/load'
import { type EmbeddedPostgres, startEmbeddedPostgres, throwaway } from '@/lib/launch/embedded-postgres'
import { appRole } from '@/lib/launch/postgres/databases'
import { demoSecrets } from '@/lib/launch/secrets'
import { removeTemporary, temporaryDataDir } from '@/lib/launch/temporary'
import { insertKey, insertOrganization, insertSigner, secretOf } from '@/lib/verify/testing/rows'
import { type ApiProcess, spawnApi } from './testing/processes'

/** `npm run test:restart` sends 100,000. */
const calls = Number(process.env.RESTART_CALLS ?? 10_000)

let dataDir: string
let server: EmbeddedPostgres
let api: ApiProcess
let token: string

beforeAll(async () => {
  dataDir = temporaryDataDir()
  server = await startEmbeddedPostgres(dataDir, demoSecrets(dataDir), throwaway)
  await migrate(server.ownerUrl(), appRole)
  token = await asOwner(async (sql) => {
    const signer = await insertSigner(sql)
    return secretOf(await insertKey(sql, await insertOrganization(sql)), signer)
  })
})

beforeEach(async () => {
  await asOwner((sql) => sql`truncate requests, request_batches`)
  api = await spawnApi(server.appUrl(), { LOG_LEVEL: 'warn' })
  await api.ready()
})

afterAll(async () => {
  api?.child.kill('SIGKILL')
  await server?.stop()
  removeTemporary(dataDir)
})

async function asOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server.ownerUrl(), { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

async function restart(how: 'is stopped' | 'crashes'): Promise<void> {
  if (how === 'crashes') server.child().kill('SIGKILL')
  else await server.stop()
  await sleep(500)
  await server.start()
}

/** Every answer is a 200, else `load` throws; a quarter of the calls comes before the restart begins. */
async function callThrough(how: 'is stopped' | 'crashes'): Promise<void> {
  const request = Buffer.from(
    `GET /v1/authz/forward-auth HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
      'X-Forwarded-Method: GET\r\nX-Forwarded-Uri: /orders\r\n\r\n',
  )
  let sent = 0
  let restarted: Promise<void> | undefined
  const next = () => {
    if (sent === Math.floor(calls / 4)) restarted ??= restart(how)
    return sent++ < calls ? request : null
  }
  await load({ port: api.port, connections: 16, settleMs: 0, durationMs: 120_000, requests: next })
  await restarted
}

test.each(['is stopped', 'crashes'] as const)(
  'every call is answered, and has its one row, when Postgres %s under load and starts again',
  async (how) => {
    await callThrough(how)
    api.child.kill('SIGTERM')
    expect(await api.ended()).toBe(0)
    const [found] = await asOwner(
      (sql) =>
        sql`select count(*)::int as rows, count(distinct id)::int as calls from requests where status = 200`,
    )
    expect(found).toEqual({ rows: calls, calls })
    expect(api.output()).not.toContain('rows were lost')
  },
  120_000,
)
