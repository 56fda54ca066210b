import { z } from '@hono/zod-openapi'
import { rememberedHours } from '@/lib/idempotency/once'
import { holdsToken } from '@/lib/keys/holds-token'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'
import type { CallHeaders } from './call-headers'
import { badRequest, type Problem, tokenMisplaced } from './problem'

const form = /^[\x20-\x7e]{1,255}$/

/** For the OpenAPI document. */
export const idempotencyKeyHeader = z
  .string()
  .optional()
  .openapi({
    description: `A text of your own for this one intention, 1–255 printable ASCII characters, such as a UUID. Whoever sends the same again within ${rememberedHours} hours changes nothing and is answered as before, but for the secret.`,
    example: '0f8b2c1e-5a77-4a53-9d0e-6b1f3c2d4e5f',
  })

/** The `Idempotency-Key` of a call; null when there is none. */
export function idempotencyKeyOf({
  idempotencyKey,
}: Pick<CallHeaders, 'idempotencyKey'>): Outcome<string | null, Refusal<'bad-request', Problem>> {
  if (idempotencyKey === null) return done(null)
  if (typeof idempotencyKey !== 'string')
    return refuse('bad-request', badRequest('Idempotency-Key may be sent once.'))
  if (!form.test(idempotencyKey))
    return refuse('bad-request', badRequest('Idempotency-Key must be 1 to 255 printable ASCII characters.'))
  if (holdsToken(idempotencyKey)) return refuse('bad-request', tokenMisplaced('Idempotency-Key'))
  return done(idempotencyKey)
}
