import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { clientAddressHeader } from '@/lib/auth/client-address-header'
import { EnvError, env } from '@/lib/env'
import { listen } from '@/lib/listen'
import { logger } from '@/lib/log'
import { clientAddress, peerAddress } from '@/lib/network/client-address'
import { refusalOf } from './admit'
import { securityHeaders } from './security-headers'

/**
 * The console's process: Next behind a server of ours, which knows the peer's address, bounds what it is sent,
 * puts the security headers on every response, and stops without cutting requests off.
 */
async function main(): Promise<void> {
  const { PORT, HOST, NODE_ENV, CONSOLE_URL, TRUSTED_PROXIES } = env()
  const isDevelopment = NODE_ENV === 'development'
  const isHttps = CONSOLE_URL.startsWith('https:')
  const headersFor = (nonce: string) => securityHeaders({ nonce, isHttps, isDevelopment })

  function prepare(request: IncomingMessage, response: ServerResponse): void {
    const headers = headersFor(randomBytes(16).toString('base64'))
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
  await app.prepare()
  const handle = app.getRequestHandler()
  // In production Next accepts upgrades under /_next and then forgets their sockets.
  const options = {
    headersTimeout: 15_000,
    requestTimeout: 30_000,
    // Longer than a proxy before it keeps an idle connection (nginx: 60 s), so that it never sends a request into one
    // that we are just closing.
    keepAliveTimeout: 75_000,
    shouldUpgradeCallback: () => isDevelopment,
  }
  const server = createServer(options, (request, response) => {
    prepare(request, response)
    const refused = refusalOf(request, CONSOLE_URL)
    if (!refused) return void handle(request, response)
    response.writeHead(refused.status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
    response.end(refused.text)
  })
  server.on('clientError', (_error, socket) => {
    const lines = Object.entries(headersFor('none')).map(([name, value]) => `${name}: ${value}\r\n`)
    if (socket.writable) socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}Connection: close\r\n\r\n`)
    else socket.destroy()
  })
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
