import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { clientAddressHeader } from '@/lib/auth/client-address-header'
import { EnvError, env } from '@/lib/env'
import { listen } from '@/lib/listen'
import { logger } from '@/lib/log'
import { clientAddress, peerAddress } from '@/lib/network/client-address'
import { securityHeaders } from './security-headers'

/**
 * The console's process: Next behind a server of ours, which knows the peer's address, puts the security headers
 * on every response, and stops without cutting requests off.
 */
async function main(): Promise<void> {
  const { PORT, HOST, NODE_ENV, CONSOLE_URL, TRUSTED_PROXIES } = env()
  const isDevelopment = NODE_ENV === 'development'
  function prepare(request: IncomingMessage, response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64')
    const headers = securityHeaders({ nonce, isHttps: CONSOLE_URL.startsWith('https:'), isDevelopment })
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    // Next reads the nonce for its own scripts from here.
    request.headers['content-security-policy'] = headers['Content-Security-Policy']
    request.headers[clientAddressHeader] = clientAddress(
      peerAddress(request.socket.remoteAddress),
      [request.headers['x-forwarded-for'] ?? []].flat().join(',') || null,
      (address) => TRUSTED_PROXIES.has(address),
    )
    // Next compares an action's Origin with this header; what a client writes there must not count.
    request.headers['x-forwarded-host'] = new URL(CONSOLE_URL).host
  }

  const app = next({ dev: isDevelopment, port: PORT, hostname: HOST })
  const server = createServer((request, response) => {
    prepare(request, response)
    void handle(request, response)
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  if (isDevelopment) server.on('upgrade', app.getUpgradeHandler())
  const at = { name: 'console', variable: 'PORT', host: HOST, port: PORT }
  listen(server, at, () => logger().info({ host: HOST, port: PORT }, 'console is listening'))
  stopWith(() => {
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), 10_000).unref()
  })
}

/** Ends on a signal, and when the launcher that holds the channel is gone. */
function stopWith(stop: () => void): void {
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (process.send) process.once('disconnect', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvError ? error.message : String((error as Error).stack)}\n`)
  process.exit(1)
})
