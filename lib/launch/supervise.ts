import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { ended, hasEnded } from './children'

/** Something that is kept running until it is told to stop. */
export type Supervised = {
  name: string
  pid(): number | undefined
  /** How often it has ended without being asked to. */
  failures(): number
  start(): void
  stop(): Promise<void>
  /** Ends it as a crash would; it comes back by itself. */
  kill(): void
}

const longestWaitMs = 10_000
const stableMs = 30_000

/** Starts a process, and starts it again whenever it ends unasked: at once, then after growing pauses. */
export function supervise(
  { name, label }: { name: string; label: string },
  spawn: () => ChildProcess | Promise<ChildProcess>,
  end: (child: ChildProcess) => Promise<void>,
  say: (line: string) => void,
): Supervised {
  let child: ChildProcess | undefined
  let wanted: AbortController | undefined
  let running = Promise.resolve()
  let failures = 0

  async function keepRunning(signal: AbortSignal): Promise<void> {
    let waitMs = 0
    while (!signal.aborted) {
      const started = Date.now()
      const how = await runOnce(signal)
      if (signal.aborted) return
      failures += 1
      waitMs = Date.now() - started > stableMs ? 0 : waitMs
      say(`The ${label} stopped (${how}); starting it again${waitMs ? ` in ${waitMs / 1000} s` : ''}.`)
      await sleep(waitMs, undefined, { signal }).catch(() => {})
      waitMs = Math.min(longestWaitMs, waitMs * 2 || 500)
    }
  }

  async function runOnce(signal: AbortSignal): Promise<string> {
    try {
      child = await spawn()
      if (signal.aborted) await end(child)
      return await ended(child)
    } catch (error) {
      return (error as Error).message
    }
  }

  return {
    name,
    pid: () => (child && !hasEnded(child) ? child.pid : undefined),
    failures: () => failures,
    start() {
      if (wanted) return
      wanted = new AbortController()
      running = keepRunning(wanted.signal)
    },
    async stop() {
      wanted?.abort()
      wanted = undefined
      if (child) await end(child)
      await running
    },
    kill() {
      child?.kill('SIGKILL')
    },
  }
}
