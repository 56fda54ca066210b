import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { audience, issuer } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'

export type ApiProcess = {
  url: string
  port: number
  child: ChildProcess
  /** Everything that it wrote, to both outputs. */
  output(): string
  ready(): Promise<void>
  /** The exit code, once it has ended. */
  ended(): Promise<number | null>
}

/** A real process of the API, as it runs in production. Call `kill` on those that a test leaves running. */
export async function spawnApi(
  databaseUrl: string,
  changes: Record<string, string> = {},
): Promise<ApiProcess> {
  const port = changes.API_PORT ? Number(changes.API_PORT) : await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/api/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: '/usr/bin:/bin',
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      CONSOLE_URL: issuer,
      API_URL: audience,
      NEXTAUTH_SECRET: 'x'.repeat(32),
      MASTER_KEY: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      EMAIL_FROM: 'Keyturn <no-reply@keyturn.example>',
      RESEND_API_KEY: 're_test',
      HOST: '127.0.0.1',
      API_PORT: String(port),
      ...changes,
    },
  })
  let text = ''
  const gone = Promise.all([
    once(child, 'exit'),
    ...[child.stdout, child.stderr].map((stream) => stream && once(stream, 'close')),
  ])
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  child.stderr?.on('data', (chunk) => {
    text += chunk
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    port,
    child,
    output: () => text,
    ready: () =>
      until(async () => {
        if (child.exitCode !== null) throw new Error(`the API ended: ${text}`)
        return fetch(`${url}/readyz`).then(
          (response) => response.ok,
          () => false,
        )
      }, 30_000),
    async ended() {
      await gone
      return child.exitCode
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
