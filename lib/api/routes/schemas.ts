import { z } from '@hono/zod-openapi'

/** Every DateTime of every payload is this one in the document, so that a test can find them all. */
export const dateTime = z.string().openapi('DateTime', {
  description: "In the organization's format: UTC with `Z`, or its own time zone without suffix.",
  example: '2025-11-23T12:44:11Z',
})
const code = z.enum([
  'VALID',
  'MALFORMED',
  'NOT_FOUND',
  'EXPIRED',
  'REVOKED',
  'DISABLED',
  'IP_DENIED',
  'INSUFFICIENT_ACCESS',
  'RATE_LIMITED',
])
export const meta = z.object({ requestId: z.string().openapi({ example: 'req_8MzqPXv0aLq3Zk0000002a' }) })

export const verifyInput = z
  .strictObject({
    key: z.string().min(1).openapi({ description: 'The Secret to ask about.' }),
    customerRequestId: z.unknown().optional().openapi({
      type: 'string',
      description: '1–128 printable ASCII characters; anything else is dropped.',
    }),
  })
  .openapi('VerifyQuestion')

export const keyData = z
  .object({
    valid: z.boolean(),
    code,
    keyId: z.string().nullable(),
    organizationId: z.string().nullable(),
    name: z.string().nullable(),
    accessLevel: z.enum(['full']).nullable(),
    expiresAt: dateTime.nullable(),
    graceEndsAt: dateTime.nullable(),
  })
  .openapi('KeyVerdict')

export const whoamiData = z
  .object({
    organizationId: z.string(),
    organizationName: z.string(),
    keyId: z.string(),
    name: z.string(),
    accessLevel: z.enum(['full']),
    expiresAt: dateTime.nullable(),
    graceEndsAt: dateTime.nullable(),
  })
  .openapi('Whoami')

/** How every answer is wrapped. */
export const envelope = <D extends z.ZodType, M extends z.ZodObject>(data: D, more: M) =>
  z.object({ data, meta: meta.extend(more.shape) })

export const keyAnswer = z.object({ data: keyData, meta })
export const whoamiAnswer = z.object({ data: whoamiData, meta })

export const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
  })
  .openapi('Problem')

export const jwks = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
})

export const status = z.object({ status: z.string() })
export const openApiDocument = z.looseObject({ openapi: z.string() })

export type KeyData = z.infer<typeof keyData>
export type WhoamiData = z.infer<typeof whoamiData>
export type Jwks = z.infer<typeof jwks>
