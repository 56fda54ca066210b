import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { logThreadName } from '@/lib/call-log/log-thread'
import { env } from '@/lib/env'
import { authzRequest, repeated } from './calls'
import { cpuSeconds } from './cpu-time'
import type { BenchKey } from './fill'
import { load } from './load'
import { comparison, type LoggingSample, whatACallTakes } from './logging-words'
import { moveAside } from './move-aside'
import { loadCore, pinThread, serverCore, threadsNamed } from './pin'
import { headings, rowOf, tableOf } from './report'
import { type RunningServer, ready, startServer } from './servers'

const rounds = 15
const connections = 16
const settleMs = 200
/** Long enough for more than one batch of rows. */
const durationMs = 2_000
/** Until then all rows are in, as a rule; both processes are watched for as long. */
const afterMs = 1_500
const drainedWithinMs = 60_000

/** Who works while calls are counted. */
type Way = { where: string; core: number; isHeldBack: boolean }

/**
 * What logging costs on the warm path: a process that writes a line (to a file) and a row (to Postgres) of every
 * call beside one that writes neither. A round ends when all of its rows are counted in Postgres, and the processor
 * time until then is the round's.
 *
 * In both, main and helper threads have one core. Two cores are too few to give everybody one, so it is measured in
 * three ways; what is done after the calls is in the process's processor time each time. First the answering thread
 * alone, as if the thread that logs and Postgres had cores of their own: the one runs when the answering thread leaves
 * its core, the backend that takes the rows is held back while calls are counted. Then the thread that logs gets what
 * the load generator leaves over of the other core. Then everything at once, which on two cores is about the machine:
 * Postgres gets the rest of the load generator's core too.
 */
export async function measureLogging(keys: readonly BenchKey[], pinned: boolean): Promise<void> {
  const ownerUrl = process.env.MIGRATE_DATABASE_URL ?? env().DATABASE_URL
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-bench-'))
  const lines = openSync(join(directory, 'lines.log'), 'a')
  const off = await startServer('lib/api/main.ts', { LOG_LEVEL: 'warn', REQUEST_LOG: 'off' }, pinned)
  const on = await startServer('lib/api/main.ts', { LOG_LEVEL: 'info', REQUEST_LOG: 'on' }, pinned, lines)
  await Promise.all([ready(off.port), ready(on.port)])
  const calls = repeated(keys.map(({ secret }) => authzRequest(secret)))

  const measure = async (server: RunningServer, isHeldBack: boolean): Promise<LoggingSample> => {
    const backends = await rowBackends(sql)
    const before = cpuTimes(server.pid, backends)
    if (isHeldBack) for (const pid of backends) process.kill(pid, 'SIGSTOP')
    const generatorBefore = cpuSeconds(process.pid)
    const options = { port: server.port, connections, settleMs, durationMs, requests: calls() }
    const measured = await load(options).finally(() => {
      for (const pid of backends) process.kill(pid, 'SIGCONT')
    })
    const generator = cpuSeconds(process.pid) - generatorBefore
    await Promise.all([sleep(afterMs), server === on && drained(sql, measured.requests)])
    const after = cpuTimes(server.pid, backends)
    await sql`truncate requests`
    ftruncateSync(lines)
    return {
      ...measured,
      cpuSeconds: after.process - before.process,
      partsSeconds: {
        main: after.main - before.main,
        logThread: after.logThread - before.logThread,
        postgres: after.postgres - before.postgres,
        generator,
      },
    }
  }

  try {
    for (const server of [off, on]) await measure(server, false)
    // Not before the backends that take rows are there.
    const isAside = pinned && (await moveAside(ownerUrl))
    const place = isAside
      ? "Postgres too has what the load generator leaves over, so that on two cores the other core's work counts."
      : 'Postgres wherever there is room.'
    const ways: Way[] = [
      { where: 'Lines and rows are made after the calls', core: serverCore, isHeldBack: true },
      { where: "Lines and rows are made on the load generator's core", core: loadCore, isHeldBack: true },
      { where: `All at once. ${place}`, core: loadCore, isHeldBack: false },
    ]
    for (const { where, core, isHeldBack } of pinned ? ways : ways.slice(-1)) {
      for (const thread of pinned ? threadsNamed(on.pid, logThreadName) : []) pinThread(thread, core)
      const samples: { off: LoggingSample[]; on: LoggingSample[] } = { off: [], on: [] }
      for (let round = 0; round < rounds; round++) {
        // Who comes second finds another machine than who comes first, so they take turns.
        for (const name of round % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const))
          samples[name].push(await measure(name === 'on' ? on : off, isHeldBack))
      }
      const how = isHeldBack ? `${where}; Postgres takes them after the calls.` : where
      console.log(
        `\nLogging on and off, warm authz, ${connections} connections, ${rounds} interleaved rounds. ${how}`,
      )
      const rows = [
        rowOf('logging off', samples.off, samples.off),
        rowOf('logging on', samples.on, samples.off),
      ]
      console.log(tableOf([headings, ...rows]).replace('of bare', ' of off'))
      console.log(comparison(samples))
      console.log(whatACallTakes(samples))
    }
  } finally {
    await Promise.all([off.stop(), on.stop()])
    await sql.end()
    closeSync(lines)
    rmSync(directory, { recursive: true })
  }
}

/** Of the whole process, of what it consists of, and of the backends that take its rows. */
function cpuTimes(pid: number, backends: readonly number[]) {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return {
    process: cpuSeconds(pid),
    main: cpuSeconds(pid, pid),
    logThread: sum(threadsNamed(pid, logThreadName).map((thread) => cpuSeconds(pid, thread))),
    postgres: sum(backends.map((backend) => cpuSeconds(backend))),
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
