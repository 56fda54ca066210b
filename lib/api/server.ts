import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { holdsToken } from '@/lib/keys/holds-token'
import { clientAddress, peerAddress } from '@/lib/network/client-address'
import type { Api } from './api'
import { boundBodyTime } from './body-time'
import { answerBrokenHttp, endBrokenBody } from './broken-http'
import { readCallHeaders } from './call-headers'
import { Exchange } from './exchange'
import {
  badRequest,
  expectationFailed,
  methodNotAllowed,
  notFound,
  type Problem,
  timedOut,
  tokenInQuery,
} from './problem'
import { splitTarget } from './query'
import { type Route, router } from './router'

/** The HTTP server, not yet listening. */
export function apiServer(api: Api): Server {
  const routeOf = router(api)
  const peers = new WeakMap<Socket, string>()
  /** Whose body is still to come, by its connection. */
  const receiving = new WeakMap<Socket, Exchange>()
  const isTrusted = (address: string) => api.trustedProxies.has(address)

  const open = (request: IncomingMessage, response: ServerResponse): Exchange => {
    const [path, query] = splitTarget(request.url ?? '')
    const headers = readCallHeaders(request.rawHeaders)
    const peer = peers.get(request.socket) ?? peerAddress(request.socket.remoteAddress)
    const address = clientAddress(peer, headers.forwardedFor, isTrusted)
    return new Exchange(api, request, response, headers, address, path, query)
  }

  const answer = (request: IncomingMessage, response: ServerResponse, isContinueExpected = false) => {
    const exchange = open(request, response)
    if (!request.readableEnded) receiving.set(request.socket, exchange)
    try {
      const route = routeOf(exchange.path)
      if (!route?.readsLate) {
        if (isContinueExpected) response.writeContinue()
        if (!request.readableEnded && route?.methods !== 'all')
          boundBodyTime(request, response, () => exchange.problem(timedOut))
      }
      const problem = faultOf(exchange, route) ?? route?.answer(exchange)
      if (problem) exchange.problem(problem)
    } catch (error) {
      exchange.fail(error)
    }
  }

  const server = createServer(
    {
      headersTimeout: 10_000,
      // A backstop: each kind of body has its own time, and large files the most (`body-time.ts`, `receive-upload.ts`).
      requestTimeout: 660_000,
      connectionsCheckingInterval: 5_000,
      // Idle connections end by `server.timeout` instead, which need not be armed and disarmed around every call.
      keepAliveTimeout: 0,
      maxHeaderSize: 16_384,
      optimizeEmptyRequests: true,
      // Asked for in `faultOf` instead, so that the refusal looks like every other one.
      requireHostHeader: false,
    },
    (request, response) => answer(request, response),
  )
  // Longer than gateways keep theirs, so that it is never us who closes while a call is on its way.
  server.timeout = 75_000
  server.on('connection', (socket: Socket) => peers.set(socket, peerAddress(socket.remoteAddress)))
  server.on('checkContinue', (request, response) => answer(request, response, true))
  server.on('checkExpectation', (request, response) => open(request, response).problem(expectationFailed))
  server.on('clientError', (error, socket: Socket) => {
    const exchange = receiving.get(socket)
    // Whose body is complete is being answered: what is broken came after it.
    if (exchange && !exchange.request.complete && !exchange.response.headersSent)
      endBrokenBody(exchange, error, socket)
    else answerBrokenHttp(api, error, socket)
  })
  return server
}

/** What is wrong with a request before anybody looks at who sent it. */
function faultOf({ request, headers, query }: Exchange, route: Route | undefined): Problem | null {
  if (headers.host !== 1 && (headers.host > 1 || request.httpVersionMinor === 1))
    return badRequest('Host must be sent once.')
  // A gateway's question carries its customer's query string, which it judges itself.
  if (query !== '' && route?.methods !== 'all' && holdsToken(query)) return tokenInQuery
  if (route === undefined) return notFound
  if (route.methods === 'all' || route.methods.includes(request.method ?? '')) return null
  return methodNotAllowed(route.methods)
}
