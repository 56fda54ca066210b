import { cpus } from 'node:os'
import { env } from '@/lib/env'
import { cpuSeconds } from './cpu-time'
import { type BenchKey, fill } from './fill'
import { load } from './load'
import { canPin, loadCore, pin } from './pin'
import { rowOf, type Samples, tableOf } from './report'
import { type RunningServer, ready, startServer } from './servers'

const rounds = 15
const connectionCounts = [16, 64]
const settleMs = 100
const durationMs = 300
const warmKeys = 1_000
const coldPerRound = 1_500

type Scenario = { name: string; server: RunningServer; requests: () => () => Buffer | null }

const { CONSOLE_URL, API_URL, DATABASE_URL } = env()
const ownerUrl = process.env.MIGRATE_DATABASE_URL ?? DATABASE_URL
const pinned = canPin() && pin(process.pid, loadCore)

console.log('Filling the database …')
const coldKeys = (rounds + 1) * connectionCounts.length * coldPerRound
const keys = await fill(ownerUrl, warmKeys + coldKeys, { issuer: CONSOLE_URL, audience: API_URL })

const bare = await startServer('lib/bench/bare-server.ts', {}, pinned)
const quiet = await startServer('lib/api/main.ts', { LOG_LEVEL: 'warn' }, pinned)
const logging = await startServer('lib/api/main.ts', { LOG_LEVEL: 'info' }, pinned)
const perRequest = await startServer('lib/bench/postgres-server.ts', {}, pinned)
await Promise.all([ready(quiet.port), ready(logging.port)])

const cold = keys.slice(warmKeys).map(authzRequest)
const scenarios = scenariosOf(keys.slice(0, warmKeys))

console.log(
  `Node ${process.version}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores. ` +
    (pinned
      ? 'Servers on one core, load generator on another; Postgres wherever there is room.'
      : 'Not pinned: `taskset` and a second core are missing, so servers and load generator disturb each other.'),
)
for (const connections of connectionCounts) {
  console.log(`\n${connections} connections, ${rounds} interleaved rounds`)
  const samples = new Map<string, Samples>(scenarios.map(({ name }) => [name, []]))
  for (const { server, requests } of scenarios)
    await load({ port: server.port, connections, settleMs: 0, durationMs: 300, requests: requests() })
  for (let round = 0; round < rounds; round++) {
    for (const { name, server, requests } of scenarios) {
      const { port, pid } = server
      const before = cpuSeconds(pid)
      const measured = await load({ port, connections, settleMs, durationMs, requests: requests() })
      samples.get(name)?.push({ ...measured, cpuSeconds: cpuSeconds(pid) - before })
    }
  }
  const baseline = samples.get('bare node:http') ?? []
  console.log(tableOf(scenarios.map(({ name }) => rowOf(name, samples.get(name) ?? [], baseline))))
}

await Promise.all([bare, quiet, logging, perRequest].map((server: RunningServer) => server.stop()))
process.exit(0)

function scenariosOf(warm: BenchKey[]): Scenario[] {
  const authz = repeated(warm.map(authzRequest))
  return [
    { name: 'bare node:http', server: bare, requests: authz },
    { name: 'authz, warm', server: quiet, requests: authz },
    { name: 'authz, warm, access log on', server: logging, requests: authz },
    { name: 'keys:verify, warm', server: quiet, requests: repeated(warm.map(verifyRequest)) },
    { name: 'authz, first sight of a key', server: quiet, requests: nextOnes(cold, coldPerRound) },
    { name: 'one SELECT per request', server: perRequest, requests: repeated(warm.map(apiKeyRequest)) },
  ]
}

function repeated(requests: Buffer[]): () => () => Buffer | null {
  return () => {
    let next = 0
    return () => requests[next++ % requests.length] ?? null
  }
}

/** Every request once in the whole run. */
function nextOnes(requests: Buffer[], perRound: number): () => () => Buffer | null {
  let next = 0
  return () => {
    const end = next + perRound
    return () => (next < end ? (requests[next++] ?? null) : null)
  }
}

function authzRequest({ secret }: BenchKey): Buffer {
  return request('GET /v1/authz/forward-auth', [
    `Authorization: Bearer ${secret}`,
    'X-Forwarded-Method: GET',
    'X-Forwarded-Uri: /orders',
  ])
}

function verifyRequest({ secret }: BenchKey): Buffer {
  const body = JSON.stringify({ key: secret })
  const headers = [
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ]
  return request('POST /v1/keys:verify', headers, body)
}

function apiKeyRequest({ apiKey }: BenchKey): Buffer {
  return request('GET /', [`X-Api-Key: ${apiKey}`])
}

function request(line: string, headers: string[], body = ''): Buffer {
  return Buffer.from(
    `${line} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n${headers.join('\r\n')}\r\n\r\n${body}`,
  )
}
