import type { UserActor } from './auth/actor'
import { authorize } from './auth/authorize'
import { currentSession, requestSource } from './auth/current'
import type { Permission } from './auth/permissions'
import { isDatabaseGone } from './database-gone'

/**
 * The one wrapper of the console's GET routes for react-query: session, permission and tenant, like an action's.
 * The organization comes as the query parameter `organization`; answers are never cached.
 */
export function consoleRoute(permission: Permission, read: (actor: UserActor) => Promise<object>) {
  return async (request: Request): Promise<Response> => {
    try {
      const organizationId = new URL(request.url).searchParams.get('organization')
      const allowed = authorize(await currentSession(), organizationId, permission, await requestSource())
      if (!allowed.ok) return answer({ reason: allowed.reason }, allowed.reason === 'signed-out' ? 401 : 403)
      return answer(await read(allowed.actor), 200)
    } catch (error) {
      if (isDatabaseGone(error)) return answer({ reason: 'unavailable' }, 503)
      throw error
    }
  }
}

function answer(body: object, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
