import type { RouteConfig } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import { described, json, problem } from './described'
import { accessLevel, keyAnswer, verifyInput, whoamiAnswer } from './schemas'

const security: Record<string, string[]>[] = [{ bearer: [] }, { apiKey: [] }]
const denied = {
  401: problem('No key, or an invalid one'),
  503: problem('Keys cannot be checked at the moment; see `Retry-After`'),
}

const encodedNames = 'What is not printable ASCII, and `%`, is percent-encoded UTF-8.'
const allowHeaders = z.object({
  'X-Org-Id': z.string(),
  'X-Key-Id': z.string(),
  'X-Key-Name': z.string().openapi({ description: encodedNames }),
  'X-Service-User-Id': z.string().openapi({ description: "`none` for the organization's own key" }),
  'X-Service-User': z.string().openapi({ description: `\`none\` as above. ${encodedNames}` }),
  'X-Access-Level': accessLevel,
  'X-Key-Expires': z.string().openapi({ description: 'A DateTime, or `never`' }),
  'X-Request-Id': z.string(),
  'X-Date-Time-Format': z.string().openapi({
    description: '`iso-8601-utc`, or `local;tz=` and the time zone in which DateTimes are written',
  }),
  'X-Media-Limit-Bytes': z.string(),
  Deprecation: z
    .string()
    .optional()
    .openapi({ description: 'In grace: since when, as `@` and seconds (RFC 9745)' }),
  Sunset: z
    .string()
    .optional()
    .openapi({ description: 'In grace: until when the key is accepted (RFC 8594)' }),
})

const gateway = (path: string, tellsBy: string): RouteConfig => ({
  method: 'get',
  path,
  security,
  summary: 'May this call pass?',
  description: `Answers every method. The call's own method and path come from ${tellsBy}.`,
  responses: {
    200: { description: 'It may; the body is empty', headers: allowHeaders },
    400: problem('A token in the query string'),
    403: problem('The key may not do this, or not from this address'),
    ...denied,
  },
})
const deny = z.object({
  deny: z.literal('403').optional().openapi({ description: 'Deny with 401 and 403 only, as nginx needs it' }),
})

const method = z.string().optional().openapi({
  description: "The call's method; without it a narrower access level is refused.",
  example: 'GET',
})
const target = z
  .string()
  .optional()
  .openapi({ description: "The call's path and query string.", example: '/orders?page=2' })

/** What plain `node:http` code answers, for the OpenAPI document. */
export const hotRoutes: RouteConfig[] = [
  {
    ...gateway('/v1/authz/forward-auth', '`X-Forwarded-Method` and `X-Forwarded-Uri`'),
    request: {
      query: deny,
      headers: z.object({ 'X-Forwarded-Method': method, 'X-Forwarded-Uri': target }),
    },
  },
  {
    ...gateway('/v1/authz/auth-request', '`X-Original-Method` and `X-Original-URL`'),
    request: { query: deny, headers: z.object({ 'X-Original-Method': method, 'X-Original-URL': target }) },
  },
  {
    ...gateway('/v1/authz/ext-authz/{path}', 'the request line itself'),
    request: { params: z.object({ path: z.string().openapi({ example: 'orders' }) }) },
  },
  described({
    method: 'post',
    path: '/v1/keys:verify',
    summary: "Is this key, of the caller's own organization, good?",
    body: verifyInput,
    answers: { 200: json(keyAnswer, 'The verdict') },
    problems: { 400: 'The question is not well-formed', 413: 'The body has more than 16 kB' },
  }),
  described({
    method: 'get',
    path: '/v1/whoami',
    summary: "The caller's own key",
    answers: { 200: json(whoamiAnswer, 'What the key is and until when') },
    problems: { 400: 'The question is not well-formed' },
  }),
]
