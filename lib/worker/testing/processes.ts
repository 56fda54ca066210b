import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { until } from '@/lib/verify/testing/until'

export type WorkerProcess = {
  child: ChildProcess
  /** Everything that it wrote, to both outputs. */
  output(): string
  /** The lines of its log with this message. */
  lines(message: string): string[]
  ready(): Promise<void>
  /** The exit code, once it has ended. */
  ended(): Promise<number | null>
}

/** A real worker, as it runs in production. Kill those that a test leaves running. */
export function spawnWorker(environment: NodeJS.ProcessEnv): WorkerProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/worker/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...environment, NODE_ENV: 'production', LOG_LEVEL: 'info' },
  })
  let text = ''
  let isReady = false
  const gone = Promise.all([
    once(child, 'exit'),
    ...[child.stdout, child.stderr].map((stream) => stream && once(stream, 'close')),
  ])
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk
    })
  child.on('message', (message) => {
    isReady ||= message === 'ready'
  })
  return {
    child,
    output: () => text,
    lines: (message) => text.split('\n').filter((line) => line.includes(`"msg":"${message}`)),
    ready: () =>
      until(() => {
        if (child.exitCode !== null) throw new Error(`the worker ended: ${text}`)
        return isReady
      }, 90_000),
    async ended() {
      await gone
      return child.exitCode
    },
  }
}
