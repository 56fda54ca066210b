/** What creates a key that never expires, of a service user of its own, unless told otherwise. */
export const newServiceKey = (given: Record<string, unknown> = {}) => ({
  name: 'Billing sync',
  serviceUser: { name: `Billing ${Math.random()}` },
  accessLevel: 'read',
  allowedRanges: [],
  expiresAt: null,
  ...given,
})

/** A key as the API answers it, as far as tests look at it. */
export type ServiceKeyAnswer = {
  id: string
  name: string
  secretId: string
  masked: string
  accessLevel: string
  allowedRanges: string[]
  state: string
  serviceUser: { id: string; name: string }
  expiresAt: string | null
  overlapEndsAt: string | null
  createdBy: string | null
  key: string | null
}

type Target = { id: string; secretId: string }
type Question = { method: string; path: string; body?: unknown }

const path = '/v1/service-keys'

/** How each route is asked about a key. */
export const serviceKeyRoutes: Record<string, (target: Target) => Question> = {
  'get /v1/service-keys': () => ({ method: 'GET', path }),
  'post /v1/service-keys': () => ({
    method: 'POST',
    path,
    body: newServiceKey({ allowedRanges: ['127.0.0.1'] }),
  }),
  'get /v1/service-keys/{id}': ({ id }) => ({ method: 'GET', path: `${path}/${id}` }),
  'patch /v1/service-keys/{id}': ({ id }) => ({
    method: 'PATCH',
    path: `${path}/${id}`,
    body: { name: 'CRM export' },
  }),
  'delete /v1/service-keys/{id}': ({ id }) => ({ method: 'DELETE', path: `${path}/${id}` }),
  'post /v1/service-keys/{id}:rotate': ({ id, secretId }) => ({
    method: 'POST',
    path: `${path}/${id}:rotate`,
    body: { secretId },
  }),
  'post /v1/service-keys/{id}:enable': ({ id }) => ({
    method: 'POST',
    path: `${path}/${id}:enable`,
  }),
  'post /v1/service-keys/{id}:disable': ({ id }) => ({
    method: 'POST',
    path: `${path}/${id}:disable`,
  }),
}
