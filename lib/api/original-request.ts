import { type CallHeaders, onlyValue } from './call-headers'
import { splitTarget } from './query'

/** How a gateway tells of the call that it asks about (CONTRACT.md, Gateways). */
export type GatewayFamily = 'forward-auth' | 'auth-request' | 'ext-authz'

/** The customer's call. `method` is null when the gateway did not name it, or named two. */
export type OriginalRequest = { method: string | null; path: string; query: string }

export const methodToken = /^[A-Za-z-]{1,32}$/
export const extAuthzPrefix = '/v1/authz/ext-authz'

/**
 * Each family trusts its own source only: were `X-Forwarded-Method` heard by all, a caller could send it past a
 * gateway that does not set it, and pass a POST off as a GET.
 */
export function originalRequest(
  family: GatewayFamily,
  request: { method: string; path: string; query: string; headers: CallHeaders },
): OriginalRequest {
  if (family === 'ext-authz')
    return {
      method: request.method,
      path: request.path.slice(extAuthzPrefix.length) || '/',
      query: request.query,
    }
  const { headers } = request
  const [method, target] =
    family === 'forward-auth'
      ? [onlyValue(headers.forwardedMethod), onlyValue(headers.forwardedUri)]
      : [onlyValue(headers.originalMethod), onlyValue(headers.originalUrl)]
  const [path, query] = splitTarget(target ?? '')
  return { method: method !== null && methodToken.test(method) ? method : null, path, query }
}
