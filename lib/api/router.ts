import { env } from '@/lib/env'
import type { Api } from './api'
import { answerAuthz } from './authz'
import type { Endpoint } from './endpoint'
import type { Exchange } from './exchange'
import { extAuthzPrefix, type GatewayFamily } from './original-request'
import { type Problem, unavailable } from './problem'
import { documentPaths, documents } from './routes/documents'
import { endpoints } from './routes/endpoints'
import { answerVerifyKey } from './routes/verify-key'
import { answerWhoami } from './routes/whoami'

/** `answer` answers by itself, now or later, or says what is wrong. */
export type Route = {
  methods: readonly string[] | 'all'
  /** It reads the body itself, at its own pace, and only when it wants it. */
  readsLate?: boolean
  answer: (exchange: Exchange) => Problem | null
}

const get = ['GET', 'HEAD']

/** Which code answers a path. Hot paths are plain code, documents go through Hono. */
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
  const patterns = Object.values(Object.groupBy(endpoints, ({ path }) => path)).map(patternOf)
  return (path) => {
    const route = routes.get(path)
    if (route !== undefined) return route
    if (path.startsWith(`${extAuthzPrefix}/`)) return extAuthz
    for (const match of patterns) {
      const found = match(path)
      if (found !== undefined) return found
    }
  }
}

/**
 * The endpoints of one path. What stands in its braces is handed on as it was written: one segment, up to the colon of
 * a verb such as `:rotate`.
 */
function patternOf(ofPath: Endpoint[] = []): (path: string) => Route | undefined {
  const [{ path: template } = { path: '' }] = ofPath
  const segments = template.replace(/\{(\w+)\}/g, '(?<$1>[^/:]+)')
  const pattern = new RegExp(`^${segments}$`)
  const readsLate = ofPath.some((each) => each.readsLate)
  const methods = ofPath.flatMap(({ method }) => (method === 'GET' ? get : [method]))
  return (path) => {
    const parts = pattern.exec(path)
    if (parts === null) return undefined
    return {
      methods,
      readsLate,
      answer(exchange) {
        const method = exchange.method === 'HEAD' ? 'GET' : exchange.method
        const endpoint = ofPath.find((each) => each.method === method)
        if (!endpoint) throw new Error(`${exchange.method} ${template} is in no table`)
        return endpoint.answer(exchange, { ...parts.groups })
      },
    }
  }
}

function gateway(family: GatewayFamily): Route {
  return { methods: 'all', answer: (exchange) => answerAuthz(exchange, family) }
}

function documentRoutes(api: Api): [string, Route][] {
  const app = documents(api.source, env().API_URL)
  const isUnavailable = {
    nothing: () => false,
    list: () => api.source.trust() === 'stale',
    readiness: () => api.draining || api.source.trust() === 'stale',
  }
  return documentPaths.map(({ path, needs, isProbe }) => [
    path,
    {
      methods: get,
      answer(exchange) {
        exchange.isProbe = isProbe
        if (isUnavailable[needs]()) return unavailable
        exchange.answerWith(app.request(path))
        return null
      },
    },
  ])
}
