import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { OpenApiDocument } from '@/lib/api/reference/open-api'
import { referencePage } from '@/lib/api/reference/page'
import type { ListSource } from '@/lib/verify/verifier'
import { docsHeaders, docsRoute } from './docs'
import { endpoints } from './endpoints'
import { hotRoutes } from './hot-routes'
import { dateTime, type Jwks, jwks, openApiDocument, problemBody, status } from './schemas'

const unready = {
  description: 'Not now; see `Retry-After`',
  content: { 'application/problem+json': { schema: problemBody } },
}

const jwksRoute = createRoute({
  method: 'get',
  path: '/.well-known/jwks.json',
  summary: 'The public keys that Secrets are signed with (RFC 7517)',
  responses: {
    200: {
      description: 'Every key whose Secrets may be accepted',
      content: { 'application/json': { schema: jwks } },
    },
    503: unready,
  },
})
const openApiRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  summary: 'This document',
  responses: {
    200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: openApiDocument } } },
  },
})
const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Does the process run?',
  responses: { 200: { description: 'It does', content: { 'application/json': { schema: status } } } },
})
const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Can it answer for keys, and is it staying?',
  responses: {
    200: { description: 'It can', content: { 'application/json': { schema: status } } },
    503: unready,
  },
})

/** Paths that Hono answers, and what has to be there for it. */
export const documentPaths: readonly DocumentPath[] = [
  { path: jwksRoute.path, needs: 'list', isProbe: false },
  { path: openApiRoute.path, needs: 'nothing', isProbe: false },
  { path: docsRoute.path, needs: 'nothing', isProbe: false },
  { path: healthRoute.path, needs: 'nothing', isProbe: true },
  { path: readyRoute.path, needs: 'readiness', isProbe: true },
]

type DocumentPath = { path: string; needs: 'nothing' | 'list' | 'readiness'; isProbe: boolean }

/** The part of the API that nobody waits for, and the description of all of it. */
export function documents(source: ListSource, apiUrl: string): OpenAPIHono {
  const app = new OpenAPIHono()
  const noStore = { 'Cache-Control': 'no-store' }

  app.openapi(jwksRoute, (c) => {
    const keys = source.list.signingKeys().map(({ kid, x }): Jwks['keys'][number] => ({
      kty: 'OKP',
      crv: 'Ed25519',
      x,
      kid,
      alg: 'EdDSA',
      use: 'sig',
    }))
    return c.json({ keys }, 200, { 'Cache-Control': 'private, max-age=300' })
  })
  app.openapi(healthRoute, (c) => c.json({ status: 'alive' }, 200, noStore))
  app.openapi(readyRoute, (c) => c.json({ status: 'ready' }, 200, noStore))
  app.openapi(openApiRoute, (c) => c.json(document, 200, { 'Cache-Control': 'private, max-age=300' }))

  app.openapi(docsRoute, async (c) => c.html(await page, 200, docsHeaders))

  const { openAPIRegistry } = app
  // Before a schema that allows null refers to it, which would make all of them do so.
  openAPIRegistry.register('DateTime', dateTime)
  for (const route of [...hotRoutes, ...endpoints.map(({ config }) => config)])
    openAPIRegistry.registerPath(route)
  openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-Api-Key',
  })
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    servers: [{ url: apiUrl }],
    externalDocs: { url: `${apiUrl}/docs`, description: 'The same as a page to read' },
    info: {
      title: 'Keyturn API',
      version: '1',
      description: 'Answers, for every call, whether its key is good.',
    },
  })
  const page = referencePage(JSON.parse(JSON.stringify(document)) as OpenApiDocument)
  return app
}
