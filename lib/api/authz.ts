import { authenticate } from './authenticate'
import type { Exchange } from './exchange'
import { type GatewayFamily, originalRequest } from './original-request'
import { prepared } from './prepared'
import { badRequest, type Problem, tokenInQuery } from './problem'
import { holdsToken, parseQuery } from './query'

/**
 * A gateway asks whether a call may pass: 200 and who it is, or a problem (CONTRACT.md, Gateways). With
 * `?deny=403` what nginx could not pass on becomes 403; it knows 401 and 403 only.
 */
export function answerAuthz(exchange: Exchange, family: GatewayFamily): Problem | null {
  const original = originalRequest(family, exchange)
  exchange.method = original.method ?? ''
  exchange.path = original.path
  let deny403 = false
  if (family !== 'ext-authz' && exchange.query !== '') {
    const parameters = parseQuery(exchange.query, ['deny'])
    if (!parameters.ok) return badRequest(`Query string: ${parameters.reason}.`)
    const deny = parameters.value.get('deny')
    if (deny !== undefined && deny !== '403') return badRequest('deny can only be 403.')
    deny403 = deny === '403'
  }
  if (original.query !== '' && holdsToken(original.query)) return deny403 ? as403(tokenInQuery) : tokenInQuery

  const caller = authenticate(exchange, original.method, customerParameter(original.query))
  if (caller.problem) return deny403 && caller.problem.status === 429 ? as403(caller.problem) : caller.problem
  exchange.allow(prepared(caller.key).allowHeaders)
  return null
}

function as403(problem: Problem): Problem {
  return { ...problem, status: 403 }
}

// The customer's own query string: read for this one name, and not judged.
function customerParameter(query: string): string | null {
  return query.includes('customerRequestId=') ? new URLSearchParams(query).get('customerRequestId') : null
}
