import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { logThreadName } from '@/lib/call-log/log-thread'
import { loadCore, pin, pinThread, serverCore, threadsNamed, yieldCore } from './pin'

export type RunningServer = { port: number; pid: number; stop(): Promise<void> }

/**
 * Starts a TypeScript program that listens on `BENCH_PORT`, `API_PORT` or `PORT`, on the servers' core; its thread that logs
 * gets what the load generator leaves over of the other one.
 */
export async function startServer(
  file: string,
  environment: Record<string, string>,
  pinned: boolean,
  output: number | 'ignore' = 'ignore',
): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', output, 'inherit'],
    env: {
      ...process.env,
      ...environment,
      HOST: '127.0.0.1',
      BENCH_PORT: String(port),
      API_PORT: String(port),
      PORT: String(port),
    },
  })
  process.once('exit', () => child.kill('SIGKILL'))
  await listening(port, child)
  if (pinned && child.pid) {
    pin(child.pid, serverCore)
    for (const thread of threadsNamed(child.pid, logThreadName)) {
      pinThread(thread, loadCore)
      yieldCore(thread)
    }
  }
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** Waits until the API can answer for keys. */
export async function ready(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`)
    if (response.ok) return
    await sleep(100)
  }
  throw new Error('the API did not become ready')
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error('a server ended before it listened')
    const socket = net.connect({ port, host: '127.0.0.1' })
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (connected) return
    await sleep(100)
  }
  throw new Error('a server did not listen')
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
