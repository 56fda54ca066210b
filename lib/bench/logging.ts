import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { env } from '@/lib/env'
import { authzRequest, repeated } from './calls'
import { cpuSeconds } from './cpu-time'
import type { BenchKey } from './fill'
import { load } from './load'
import { moveAside } from './own-core'
import { rowOf, type Samples, tableOf } from './report'
import { type RunningServer, ready, startServer } from './servers'
import { median, percentile } from './statistics'

const rounds = 9
const connections = 16
const settleMs = 200
/** Long enough for several batches of rows. */
const durationMs = 3_000
/** Until then all rows are in, as a rule; both processes are watched for as long. */
const afterMs = 1_500
const drainedWithinMs = 60_000

/**
 * What logging costs on the warm path: a process that writes a line (to a file) and a row (to Postgres) of every
 * call beside one that writes neither. A round ends when all of its rows are counted in Postgres, and the processor
 * time until then is the round's.
 *
 * First with the backend that takes the rows held back while calls are counted, as if Postgres had a machine of its
 * own: what the process spends on handing the rows over afterwards is in its processor time. Then with everything at
 * once, which on two cores is about the machine: Postgres and the load generator share a core, and the row of a call
 * takes Postgres several times what it takes the process.
 */
export async function measureLogging(keys: readonly BenchKey[], pinned: boolean): Promise<void> {
  const ownerUrl = process.env.MIGRATE_DATABASE_URL ?? env().DATABASE_URL
  const isAside = pinned && (await moveAside(ownerUrl))
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-bench-'))
  const lines = openSync(join(directory, 'lines.log'), 'a')
  const off = await startServer('lib/api/main.ts', { LOG_LEVEL: 'warn', REQUEST_LOG: 'off' }, pinned)
  const on = await startServer('lib/api/main.ts', { LOG_LEVEL: 'info', REQUEST_LOG: 'on' }, pinned, lines)
  await Promise.all([ready(off.port), ready(on.port)])
  const calls = repeated(keys.map(authzRequest))

  const measure = async (server: RunningServer, isHeldBack = false) => {
    const backends = isHeldBack ? await rowBackends(sql) : []
    const before = cpuSeconds(server.pid)
    for (const pid of backends) process.kill(pid, 'SIGSTOP')
    const options = { port: server.port, connections, settleMs, durationMs, requests: calls() }
    const measured = await load(options).finally(() => {
      for (const pid of backends) process.kill(pid, 'SIGCONT')
    })
    await Promise.all([sleep(afterMs), server === on && drained(sql, measured.requests)])
    const sample = { ...measured, cpuSeconds: cpuSeconds(server.pid) - before }
    await sql`truncate requests`
    ftruncateSync(lines)
    return sample
  }

  try {
    for (const server of [off, on]) await measure(server)
    const place = isAside
      ? "Postgres on the load generator's core, with what that leaves over."
      : 'Postgres wherever there is room.'
    for (const isHeldBack of [true, false]) {
      const samples: { off: Samples; on: Samples } = { off: [], on: [] }
      for (let round = 0; round < rounds; round++) {
        // Who comes second finds another machine than who comes first, so they take turns.
        for (const name of round % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const))
          samples[name].push(await measure(name === 'on' ? on : off, isHeldBack))
      }
      const how = isHeldBack ? 'Postgres takes the rows after the calls.' : `All at once, ${place}`
      console.log(
        `\nLogging on and off, warm authz, ${connections} connections, ${rounds} interleaved rounds. ${how}`,
      )
      const rows = [
        rowOf('logging off', samples.off, samples.off),
        rowOf('logging on', samples.on, samples.off),
      ]
      console.log(tableOf(rows).replace('of bare', ' of off'))
      console.log(comparison(samples))
    }
  } finally {
    await Promise.all([off.stop(), on.stop()])
    await sql.end()
    closeSync(lines)
    rmSync(directory, { recursive: true })
  }
}

/** The processes of Postgres to which rows are sent. */
async function rowBackends(sql: postgres.Sql): Promise<number[]> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = 'keyturn-requests'`
  return rows.map(({ pid }) => pid)
}

/** Each row of the round has to arrive: what is never written would cost nothing. */
async function drained(sql: postgres.Sql, requests: number): Promise<void> {
  for (const end = Date.now() + drainedWithinMs; ; await sleep(100)) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from requests`
    if (row?.count === requests) return
    if (Date.now() > end) throw new Error(`${row?.count} of ${requests} rows arrived`)
  }
}

function comparison({ off, on }: { off: Samples; on: Samples }): string {
  const pairs = on.map((sample, round) => ({ on: sample, off: off[round] ?? sample }))
  const throughput = pairs.map((pair) => pair.on.requestsPerSecond / pair.off.requestsPerSecond)
  const perRequest = (sample: Samples[number]) => sample.cpuSeconds / sample.requests
  const processor = pairs.map((pair) => perRequest(pair.on) / perRequest(pair.off))
  return (
    `Logging costs ${percent(median(processor) - 1)} more processor time (${range(processor.map((x) => x - 1))}) and ` +
    `${percent(1 - median(throughput))} of the throughput (${range(throughput.map((x) => 1 - x))}); half of the rounds ` +
    'lie within the brackets.'
  )
}

function range(values: readonly number[]): string {
  const sorted = Float64Array.from(values).sort()
  return `${percent(percentile(sorted, 0.25))} to ${percent(percentile(sorted, 0.75))}`
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`
}
