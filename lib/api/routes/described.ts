import type { RouteConfig } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import { problemBody } from './schemas'

type Answer = RouteConfig['responses'][number]

type Description = {
  method: 'get' | 'post' | 'patch' | 'delete'
  path: string
  summary: string
  description?: string
  parts?: z.ZodObject
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: z.ZodType
  answers: Record<number, Answer>
  /** Undefined: it does not answer that. */
  problems: Record<number, string | undefined>
}

/** What the OpenAPI document says of a route that takes a key. */
export function described(route: Description): RouteConfig {
  const { method, path, summary, description, parts, query, headers, body, answers, problems } = route
  const customerRequestId = z.string().optional().openapi({
    description: "The customer's id of this request, for those who cannot send it as a header.",
  })
  return {
    method,
    path,
    summary,
    ...(description ? { description } : {}),
    security: [{ bearer: [] }, { apiKey: [] }],
    request: {
      ...(parts ? { params: parts } : {}),
      query: (query ?? z.object({})).extend({ customerRequestId }),
      ...(headers ? { headers } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: { ...answers, ...problemsOf({ ...problems, ...denied }) },
  }
}

export function json(schema: z.ZodType, description: string): Answer {
  return { description, content: { 'application/json': { schema } } }
}

export function problem(description: string): Answer {
  return { description, content: { 'application/problem+json': { schema: problemBody } } }
}

function problemsOf(descriptions: Record<number, string | undefined>): Record<number, Answer> {
  return Object.fromEntries(
    Object.entries(descriptions).flatMap(([status, description]) =>
      description === undefined ? [] : [[status, problem(description)]],
    ),
  )
}

/** Of 403, where a key has to have the access level Full. */
export const needsFullText = 'The key may not do this: `code` says why. It takes the access level Full'

const denied = {
  401: 'No key, or an invalid one',
  503: 'Not at the moment; see `Retry-After`',
}
