import type { Addresses } from './addresses'

/** One process of a running Keyturn. */
export type ProcessSpec = {
  name: string
  /** What messages call it. */
  label: string
  /** Arguments for Node. */
  args: string[]
  /** By the answer at an address, or by the message `ready`, for who has no address. */
  ready: { url: string; isReady: (status: number) => boolean } | 'says so'
}

const tsx = ['--import', 'tsx']
const tsxWatch = ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false']
/** Passes messages on, as the watcher of tsx does not. */
const nodeWatch = ['--watch', '--watch-preserve-output']
export const next = 'node_modules/next/dist/bin/next'

/** The product's processes, in the order of starting; stopping goes the other way. */
export function productProcesses({ ports }: Addresses, dev: boolean): ProcessSpec[] {
  return [
    {
      name: 'api',
      label: 'API',
      args: [...(dev ? tsxWatch : tsx), 'lib/api/main.ts'],
      ready: { url: local(ports.API_PORT, '/readyz'), isReady: (status) => status === 200 },
    },
    {
      name: 'console',
      label: 'console',
      // Next reloads its own sources in development; a watcher around it would only restart it as well.
      args: [...tsx, 'lib/console/main.ts'],
      ready: { url: local(ports.PORT, '/sign-in'), isReady: () => true },
    },
    {
      name: 'worker',
      label: 'worker',
      args: [...(dev ? nodeWatch : []), ...tsx, 'lib/worker/main.ts'],
      ready: 'says so',
    },
  ]
}

/** Stands in for the mail provider, in the demo and in tests only. */
export function mailboxProcess({ ports }: Addresses): ProcessSpec {
  return {
    name: 'mailbox',
    label: 'mailbox',
    args: [...tsx, 'lib/launch/mailbox/main.ts'],
    ready: { url: local(ports.MAILBOX_PORT, '/messages'), isReady: (status) => status === 200 },
  }
}

function local(port: number, path: string): string {
  return `http://127.0.0.1:${port}${path}`
}
