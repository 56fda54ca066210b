import type { UserActor } from './auth/actor'
import { authorize } from './auth/authorize'
import { currentSession, requestSource } from './auth/current'
import type { Permission } from './auth/permissions'
import { isDatabaseGone, isTooSlow } from './database-gone'

type Read = (actor: UserActor, parameters: URLSearchParams) => Promise<object | Response>

/**
 * The one wrapper of the console's GET routes: session, permission and tenant, like an action's. The organization
 * comes as the query parameter `organization`; answers are never cached. What is not JSON is answered as a Response.
 */
export function consoleRoute(permission: Permission, read: Read) {
  return async (request: Request): Promise<Response> => {
    try {
      const { searchParams } = new URL(request.url)
      const organizationId = searchParams.get('organization')
      const allowed = authorize(await currentSession(), organizationId, permission, await requestSource())
      if (!allowed.ok) return answer({ reason: allowed.reason }, allowed.reason === 'signed-out' ? 401 : 403)
      const found = await read(allowed.actor, searchParams)
      return found instanceof Response ? found : answer(found, 200)
    } catch (error) {
      if (isDatabaseGone(error)) return answer({ reason: 'unavailable' }, 503)
      if (isTooSlow(error)) return answer({ reason: 'too-slow' }, 503)
      throw error
    }
  }
}

function answer(body: object, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
