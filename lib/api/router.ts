import type { Api } from './api'
import { answerAuthz } from './authz'
import type { Exchange } from './exchange'
import { extAuthzPrefix, type GatewayFamily } from './original-request'
import { type Problem, unavailable } from './problem'
import { documentPaths, documents } from './routes/documents'
import { answerVerifyKey } from './routes/verify-key'
import { answerWhoami } from './routes/whoami'

/** `answer` answers by itself, now or later, or says what is wrong. */
export type Route = { methods: readonly string[] | 'all'; answer: (exchange: Exchange) => Problem | null }

const get = ['GET', 'HEAD']

/** Which code answers a path. Hot paths are plain code, the rest goes through Hono. */
export function router(api: Api): (path: string) => Route | undefined {
  const extAuthz = gateway('ext-authz')
  const routes = new Map<string, Route>([
    ['/v1/authz/forward-auth', gateway('forward-auth')],
    ['/v1/authz/auth-request', gateway('auth-request')],
    [extAuthzPrefix, extAuthz],
    ['/v1/keys:verify', { methods: ['POST'], answer: answerVerifyKey }],
    ['/v1/whoami', { methods: get, answer: answerWhoami }],
    ...documentRoutes(api),
  ])
  return (path) => routes.get(path) ?? (path.startsWith(`${extAuthzPrefix}/`) ? extAuthz : undefined)
}

function gateway(family: GatewayFamily): Route {
  return { methods: 'all', answer: (exchange) => answerAuthz(exchange, family) }
}

function documentRoutes(api: Api): [string, Route][] {
  const app = documents(api.source)
  const isUnavailable = {
    nothing: () => false,
    list: () => api.source.trust() === 'stale',
    readiness: () => api.draining || api.source.trust() === 'stale',
  }
  return documentPaths.map(({ path, needs }) => [
    path,
    {
      methods: get,
      answer(exchange) {
        if (isUnavailable[needs]()) return unavailable
        exchange.answerWith(app.request(path))
        return null
      },
    },
  ])
}
