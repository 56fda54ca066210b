import type { RouteConfig, z } from '@hono/zod-openapi'
import { isDatabaseGone, isTooSlow } from '@/lib/database-gone'
import { authenticate, type Caller } from './authenticate'
import type { Exchange } from './exchange'
import { badQuery } from './fault-words'
import { authenticateFull } from './full-access'
import type { Payload } from './payload'
import { badRequest, databaseUnavailable, type Problem, tooSlow } from './problem'
import { parseQuery } from './query'
import { described, json, needsFullText } from './routes/described'
import { envelope } from './routes/schemas'

/** A route with a path of its own, which may have parts in braces, and what the OpenAPI document says of it. */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly config: RouteConfig
  /** It reads the body itself, at its own pace, and only when it wants it. */
  readonly readsLate?: true
  answer(exchange: Exchange, parts: Record<string, string>): Problem | null
}

type Query = z.ZodObject<Record<string, z.ZodType>>

type Spec<Q extends Query, D extends z.ZodType, M extends z.ZodObject> = {
  path: string
  summary: string
  description?: string
  parts?: z.ZodObject<Record<string, z.ZodString>>
  query: Q
  data: D
  meta: M
  /** What else it may answer, by status. */
  problems?: Record<number, string>
  /** Whether reading this takes a key that may do everything. */
  needsFullAccess?: true
}

/** The caller, the parts of the path that stand in braces, and the query parameters. */
export type Question<Q> = { caller: Caller; parts: Record<string, string>; query: Q }

export type Found<D, M> = { data: Payload<D>; meta: M } | { problem: Problem }

/**
 * A GET route that reads the database for the organization of its caller. The query string may hold what `query`
 * names, each once, and `customerRequestId`.
 */
export function readEndpoint<Q extends Query, D extends z.ZodType, M extends z.ZodObject>(
  spec: Spec<Q, D, M>,
  read: (question: Question<z.output<Q>>) => Promise<Found<z.output<D>, z.output<M>>>,
): Endpoint {
  const { path, summary, description, parts, query, data, meta, problems, needsFullAccess } = spec
  const names = [...Object.keys(query.shape), 'customerRequestId']

  async function respond(exchange: Exchange, question: Question<z.output<Q>>): Promise<void> {
    const found = await read(question)
    if ('problem' in found) exchange.problem(found.problem)
    else exchange.answer(200, found.data, found.meta)
  }

  return {
    method: 'GET',
    path,
    config: described({
      method: 'get',
      path,
      summary,
      ...(description ? { description } : {}),
      ...(parts ? { parts } : {}),
      query,
      answers: { 200: json(envelope(data, meta), 'Found') },
      problems: {
        400: 'The question is not well-formed',
        403: needsFullAccess ? needsFullText : undefined,
        ...problems,
      },
    }),
    answer(exchange, partsOfPath) {
      const parameters = parseQuery(exchange.query, names)
      const caller = needsFullAccess ? authenticateFull(exchange) : authenticate(exchange, exchange.method)
      if (caller.problem) return caller.problem
      if (!parameters.ok) return badQuery(parameters)
      const { customerRequestId: _, ...rest } = Object.fromEntries(parameters.value)
      const parsed = query.safeParse(rest)
      if (!parsed.success) return badRequest(`Query string: ${firstIssue(parsed.error)}`)
      respond(exchange, { caller, parts: partsOfPath, query: parsed.data }).catch((error) =>
        failed(exchange, error),
      )
      return null
    },
  }
}

/** A database that is away is nobody's mistake and passes; anything else is ours. */
export function failed(exchange: Exchange, error: unknown): void {
  // An answer that breaks off has no room for a problem any more; it is to be ended and logged all the same.
  if (exchange.response.headersSent) exchange.fail(error)
  else if (isDatabaseGone(error)) exchange.problem(databaseUnavailable)
  else if (isTooSlow(error)) exchange.problem(tooSlow)
  else exchange.fail(error)
}

export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue?.path.join('.') || 'top level'}: ${issue?.message ?? 'invalid'}`
}
