import { apiKeyRequest, authzRequest, type Calls, nextOnes, repeated, verifyRequest } from './calls'
import { cpuSeconds } from './cpu-time'
import type { BenchKey } from './fill'
import { load } from './load'
import { headings, rowOf, type Samples, tableOf } from './report'
import { type RunningServer, ready, startServer } from './servers'

const rounds = 15
const connectionCounts = [16, 64]
const settleMs = 100
const durationMs = 300
const warmKeys = 1_000
const coldPerRound = 1_500

export const hotPathServiceKeys = warmKeys
export const hotPathKeys = warmKeys + (rounds + 1) * connectionCounts.length * coldPerRound

type Scenario = { name: string; server: RunningServer; calls: Calls }

/** The API's hot paths as ratios to bare `node:http`, measured side by side. Nothing is logged meanwhile. */
export async function measureHotPaths(
  keys: readonly BenchKey[],
  serviceKeys: readonly string[],
  pinned: boolean,
): Promise<void> {
  const bare = await startServer('lib/bench/bare-server.ts', {}, pinned)
  const api = await startServer('lib/api/main.ts', { LOG_LEVEL: 'warn', REQUEST_LOG: 'off' }, pinned)
  const perRequest = await startServer('lib/bench/postgres-server.ts', {}, pinned)
  await ready(api.port)

  const warm = keys.slice(0, warmKeys)
  const authz = repeated(warm.map(({ secret }) => authzRequest(secret)))
  const cold = keys.slice(warmKeys).map(({ secret }) => authzRequest(secret))
  const scenarios: Scenario[] = [
    { name: 'bare node:http', server: bare, calls: authz },
    { name: 'authz, warm', server: api, calls: authz },
    { name: 'authz, warm, service key', server: api, calls: repeated(serviceKeys.map(authzRequest)) },
    { name: 'keys:verify, warm', server: api, calls: repeated(warm.map(verifyRequest)) },
    { name: 'authz, first sight of a key', server: api, calls: nextOnes(cold, coldPerRound) },
    { name: 'one SELECT per request', server: perRequest, calls: repeated(warm.map(apiKeyRequest)) },
  ]
  for (const connections of connectionCounts) {
    console.log(`\nHot paths, ${connections} connections, ${rounds} interleaved rounds`)
    console.log(tableOf([headings, ...(await rowsOf(scenarios, connections))]))
  }
  await Promise.all([bare, api, perRequest].map((server) => server.stop()))
}

async function rowsOf(scenarios: readonly Scenario[], connections: number): Promise<string[][]> {
  const samples = new Map<string, Samples>(scenarios.map(({ name }) => [name, []]))
  for (const { server, calls } of scenarios)
    await load({ port: server.port, connections, settleMs: 0, durationMs: 300, requests: calls() })
  for (let round = 0; round < rounds; round++) {
    for (const { name, server, calls } of scenarios) {
      const { port, pid } = server
      const before = cpuSeconds(pid)
      const measured = await load({ port, connections, settleMs, durationMs, requests: calls() })
      samples.get(name)?.push({ ...measured, cpuSeconds: cpuSeconds(pid) - before })
    }
  }
  const baseline = samples.get('bare node:http') ?? []
  return scenarios.map(({ name }) => rowOf(name, samples.get(name) ?? [], baseline))
}
