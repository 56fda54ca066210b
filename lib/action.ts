import { headers } from 'next/headers'
import type { z } from 'zod'
import type { UserActor } from './auth/actor'
import { authorize, authorizeSupport } from './auth/authorize'
import { currentSession, requestSource } from './auth/current'
import type { Permission } from './auth/permissions'
import { isDatabaseGone } from './database-gone'
import { env } from './env'
import { newId } from './id'
import { logger } from './log'
import { type Outcome, type Refusal, refuse } from './outcome'

/** What any action may answer before its verb has a say. `fields` holds one sentence for each wrong field. */
export type DoorRefusal =
  | Refusal<'bad-origin', { consoleUrl: string }>
  | Refusal<'signed-out', undefined>
  | Refusal<'forbidden', undefined>
  | Refusal<'invalid-input', { fields: Record<string, string> }>
  | Refusal<'unavailable', undefined>
  | Refusal<'failed', { errorId: string }>

/**
 * The one wrapper of every server action: origin, session, permission, tenant, input, outcome. An action trusts
 * nothing that the page showed: a POST may come from anywhere, with any arguments (SECURITY.md, Access).
 */
export function action<S extends z.ZodType, O extends Outcome<unknown, Refusal>>(
  permission: Permission,
  schema: S,
  verb: (input: z.output<S>, actor: UserActor) => Promise<O>,
): (organizationId: string, input: z.input<S>) => Promise<O | DoorRefusal> {
  return (organizationId, input) =>
    guard(async () => {
      const allowed = authorize(await currentSession(), organizationId, permission, await requestSource())
      if (!allowed.ok) return allowed
      const parsed = parse(schema, input)
      return parsed.ok ? verb(parsed.value, allowed.actor) : parsed
    })
}

/** The same for the platform's staff; no organization is named, because they belong to none. */
export function supportAction<S extends z.ZodType, O extends Outcome<unknown, Refusal>>(
  permission: Permission,
  schema: S,
  verb: (input: z.output<S>, actor: UserActor) => Promise<O>,
): (input: z.input<S>) => Promise<O | DoorRefusal> {
  return (input) =>
    guard(async () => {
      const allowed = authorizeSupport(await currentSession(), permission, await requestSource())
      if (!allowed.ok) return allowed
      const parsed = parse(schema, input)
      return parsed.ok ? verb(parsed.value, allowed.actor) : parsed
    })
}

/** For the few actions that stand before or outside an organization (sign-in, sign-out): no session is asked for. */
export function publicAction<S extends z.ZodType, O extends Outcome<unknown, Refusal>>(
  schema: S,
  verb: (input: z.output<S>) => Promise<O>,
): (input: z.input<S>) => Promise<O | DoorRefusal> {
  return (input) =>
    guard(async () => {
      const parsed = parse(schema, input)
      return parsed.ok ? verb(parsed.value) : parsed
    })
}

async function guard<O>(work: () => Promise<O>): Promise<O | DoorRefusal> {
  try {
    if (!(await isOwnOrigin())) return refuse('bad-origin', { consoleUrl: env().CONSOLE_URL })
    return await work()
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable')
    const errorId = newId('req')
    logger().error({ errorId, err: describe(error) }, 'action failed')
    return refuse('failed', { errorId })
  }
}

/** Next checks `Origin` against a forgeable `X-Forwarded-Host` and lets requests without one pass; this does neither. */
async function isOwnOrigin(): Promise<boolean> {
  return (await headers()).get('origin') === env().CONSOLE_URL
}

function parse<S extends z.ZodType>(schema: S, input: unknown) {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { ok: true as const, value: parsed.data }
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.join('.') || 'form'] ??= issue.message
  return refuse('invalid-input', { fields })
}

// Drizzle's message repeats the statement's parameters; only what cannot hold them is logged.
function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error }
  const deepest = error.cause instanceof Error ? error.cause : error
  const message =
    deepest === error && error.message.startsWith('Failed query') ? 'query failed' : deepest.message
  return { name: deepest.name, message, stack: deepest.stack?.split('\n').slice(1, 12).join('\n') }
}
