import { holdsToken } from '@/lib/keys/holds-token'
import { authenticate } from './authenticate'
import type { Exchange } from './exchange'
import { type GatewayFamily, originalRequest } from './original-request'
import { prepared } from './prepared'
import { type Problem, tokenInQuery } from './problem'

/**
 * A gateway asks whether a call may pass: 200 and who it is, or a problem (CONTRACT.md, Gateways). With
 * `?deny=403` what nginx could not pass on becomes 403; it knows 401 and 403 only.
 */
export function answerAuthz(exchange: Exchange, family: GatewayFamily): Problem | null {
  const original = originalRequest(family, exchange)
  exchange.method = original.method ?? ''
  exchange.path = original.path
  exchange.customerQuery = original.query
  const deny403 = family !== 'ext-authz' && isDeny403(exchange.query)
  if (holdsToken(original.query) || holdsToken(exchange.query))
    return deny403 ? as403(tokenInQuery) : tokenInQuery

  const caller = authenticate(exchange, original.method)
  if (caller.problem) return deny403 && caller.problem.status === 429 ? as403(caller.problem) : caller.problem
  exchange.send(prepared(caller.key, caller.now).allowHead, '')
  return null
}

// Caddy's forward_auth appends the query string of the call to its question, so nothing else in it is judged here.
function isDeny403(query: string): boolean {
  return query.includes('deny=') && new URLSearchParams(query).get('deny') === '403'
}

function as403(problem: Problem): Problem {
  return { ...problem, status: 403 }
}
