import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { KeyActor } from '@/lib/auth/actor'
import { isDatabaseGone, isTooSlow } from '@/lib/database-gone'
import { holdsToken } from '@/lib/keys/holds-token'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'
import type { Caller } from './authenticate'
import { type Endpoint, failed } from './endpoint'
import type { Exchange } from './exchange'
import { badMembers, badQuery } from './fault-words'
import { authenticateFull } from './full-access'
import { idempotencyKeyHeader, idempotencyKeyOf } from './idempotency-key'
import { keyActor } from './key-actor'
import { isObject, type Members, missingBody, readMembers } from './members'
import type { Payload } from './payload'
import { databaseBusy, outcomeUnknown, type Problem, tokenMisplaced } from './problem'
import { parseQuery } from './query'
import { described, json, needsFullText } from './routes/described'
import { envelope } from './routes/schemas'
import { withBody } from './whole-body'

type Body = z.ZodObject<Record<string, z.ZodType>>

type Spec<B extends Body, D extends z.ZodType> = {
  method: 'POST' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  description?: string
  parts?: z.ZodObject<Record<string, z.ZodString>>
  /** Strict, and with `customerRequestId`, which has been taken out by then; without it the body may be absent. */
  body?: B
  /** Members that cannot be changed, and why. */
  final?: Readonly<Record<string, string>>
  /** Whether `Idempotency-Key` is read: for what would be done a second time if it were sent again. */
  takesIdempotencyKey?: boolean
  status: 200 | 201
  done: string
  data: D
  /** What else it may answer, by status. */
  problems?: Record<number, string>
}

/** What a program asks to have done, and by whom; `questionDigest` names the question without holding it. */
export type Task<B> = {
  caller: Caller
  actor: KeyActor
  parts: Record<string, string>
  body: B
  retry: { idempotencyKey: string; questionDigest: Buffer } | null
}

export type Written<D> =
  | { data: Payload<D>; headers?: readonly (readonly [name: string, value: string])[] }
  | { problem: Problem }

/** A route that changes something in the organization of its caller, who needs the access level Full. */
export function writeEndpoint<B extends Body, D extends z.ZodType>(
  spec: Spec<B, D>,
  write: (task: Task<z.output<B>>) => Promise<Written<z.output<D>>>,
): Endpoint {
  const { method, path, body, final, takesIdempotencyKey = false } = spec

  async function respond(exchange: Exchange, task: Task<z.output<B>>): Promise<void> {
    const written = await write(task)
    if ('problem' in written) exchange.problem(written.problem)
    else exchange.answer(spec.status, written.data, {}, written.headers)
  }

  function taskOf(
    exchange: Exchange,
    caller: Caller,
    parts: Record<string, string>,
    members: Members,
  ): Outcome<Task<z.output<B>>, Refusal<'bad-request', Problem>> {
    const parsed = (body ?? nothing).safeParse(members)
    if (!parsed.success) return refuse('bad-request', badMembers(parsed.error, final))
    const idempotencyKey = takesIdempotencyKey ? idempotencyKeyOf(exchange.headers) : noIdempotencyKey
    if (!idempotencyKey.ok) return idempotencyKey
    const retry =
      idempotencyKey.value === null
        ? null
        : { idempotencyKey: idempotencyKey.value, questionDigest: digestOf(exchange, members) }
    const actor = keyActor(exchange, caller.key)
    return done({ caller, actor, parts, body: parsed.data as z.output<B>, retry })
  }

  function answer(exchange: Exchange, parts: Record<string, string>, bytes: Buffer): Problem | null {
    const question = readMembers(exchange.request, bytes)
    const parameters = parseQuery(exchange.query, ['customerRequestId'])
    const caller = authenticateFull(exchange, question.ok ? question.value?.customerRequestId : undefined)
    if (caller.problem) return caller.problem
    if (!parameters.ok) return badQuery(parameters)
    if (!question.ok) return question.details
    if (question.value === null && body) return missingBody
    const members = question.value?.members ?? {}
    // Nothing that is written here is meant to be a key, and all of it would be kept and shown.
    if (holdsToken(JSON.stringify(members))) return tokenMisplaced('the body')
    const task = taskOf(exchange, caller, parts, members)
    if (!task.ok) return task.details
    respond(exchange, task.value).catch((error) => {
      if (takesIdempotencyKey && isDatabaseGone(error))
        exchange.problem(outcomeUnknown(task.value.retry !== null))
      else if (isTooSlow(error)) exchange.problem(databaseBusy)
      else failed(exchange, error)
    })
    return null
  }

  return {
    method,
    path,
    config: described({
      method: method.toLowerCase() as Lowercase<typeof method>,
      path,
      summary: spec.summary,
      ...(spec.description ? { description: spec.description } : {}),
      ...(spec.parts ? { parts: spec.parts } : {}),
      ...(takesIdempotencyKey ? { headers: z.object({ 'Idempotency-Key': idempotencyKeyHeader }) } : {}),
      ...(body ? { body } : {}),
      answers: { [spec.status]: json(envelope(spec.data, z.object({})), spec.done) },
      problems: {
        400: 'The question is not well-formed; `detail` says where',
        403: needsFullText,
        413: 'The body has more than 16 kB',
        422: takesIdempotencyKey ? '`Idempotency-Key` was used for another question' : undefined,
        ...spec.problems,
      },
    }),
    answer: (exchange, parts) => withBody(exchange, (bytes) => answer(exchange, parts, bytes)),
  }
}

const nothing = z.strictObject({})
const noIdempotencyKey = done(null)

/** The same question has the same digest, in whatever order its members come and whatever the customer calls it. */
function digestOf({ method, path }: Exchange, members: Members): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, path, members], inOrder))
    .digest()
}

function inOrder(_: string, value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
