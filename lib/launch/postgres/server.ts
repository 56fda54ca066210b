import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine, isAlive } from '@/lib/launch/process-list'
import { endWithUs } from '@/lib/launch/reaper'
import { type Cluster, serverEnvironment } from './cluster'

const startTimeoutMs = 30_000
const stopTimeoutMs = 20_000

/** Settings for data that may be lost with the machine, though not with the process: faster, the same answers. */
export const throwaway = {
  fsync: 'off',

  full_page_writes: 'off',
  max_connections: '300',
}

export type Settings = Record<string, string>

/**
 * Starts the server on 127.0.0.1 and resolves when it takes connections. Right after a crash the first attempts
 * may find the lock file or the shared memory of the dead server, so it tries again for a while.
 */
export async function startServer(
  cluster: Cluster,
  port: number,
  settings: Settings = {},
): Promise<ChildProcess> {
  await stopLeftover(cluster)
  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    const child = spawnServer(cluster, port, settings)
    if (await isReady(child, cluster, deadline)) return child
    if (Date.now() > deadline)
      throw new Error(`Postgres did not start. Its last words:\n${lastWords(cluster)}`)
    await sleep(250)
  }
}

/** Ends sessions and writes everything down; harsher only when that takes too long. */
export async function stopServer(child: ChildProcess): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  await signalInOrder(() => child.exitCode === null && child.signalCode === null, pid)
}

function spawnServer(cluster: Cluster, port: number, settings: Settings): ChildProcess {
  const log = openSync(cluster.logFile, 'a')
  const parameters = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }
  const options = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.directory, '-p', String(port), ...options], {
    ...cluster.account,
    cwd: '/',
    env: serverEnvironment(),
    // A session of its own, so that Ctrl-C in the terminal reaches the launcher and not the server.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  endWithUs(child, 'SIGINT')
  return child
}

async function isReady(child: ChildProcess, cluster: Cluster, deadline: number): Promise<boolean> {
  let failed = false
  child.once('error', () => {
    failed = true
  })
  while (!failed && child.exitCode === null && child.signalCode === null) {
    const lock = lockFile(cluster)
    if (lock?.pid === child.pid && lock?.status === 'ready') return true
    if (Date.now() > deadline) await stopServer(child)
    await sleep(15)
  }
  return false
}

/** A server that outlived its launcher still holds the data directory. */
async function stopLeftover(cluster: Cluster): Promise<void> {
  const pid = lockFile(cluster)?.pid
  if (pid === undefined) return
  const isOurs = () => isAlive(pid) && commandLine(pid).includes(cluster.directory)
  if (isOurs()) await signalInOrder(isOurs, pid)
}

async function signalInOrder(isRunning: () => boolean, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isRunning()) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const deadline = Date.now() + stopTimeoutMs
    while (isRunning() && Date.now() < deadline) await sleep(15)
  }
}

/** Line 1 of postmaster.pid is the process id, line 8 its status. */
function lockFile(cluster: Cluster): { pid: number; status: string | undefined } | undefined {
  try {
    const lines = readFileSync(join(cluster.directory, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: lines[7]?.trim() }
  } catch {
    return undefined
  }
}

function lastWords(cluster: Cluster): string {
  return readFileSync(cluster.logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
}
