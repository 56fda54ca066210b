import { z } from '@hono/zod-openapi'
import { methodToken } from '@/lib/api/original-request'
import { accessLevels } from '@/lib/keys/access-level'
import { canonicalAddress } from '@/lib/network/ip-address'

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

/** Identifiers and names as they look. */
const keyId = z.string().openapi({ example: 'key_7QmZ2xV9cT4sR1nB8pLwKd' })
const organizationId = z.string().openapi({ example: 'org_5hG3jK8mN2pQ7rS4tU9vWx' })
const keyName = z.string().openapi({ example: 'Organization key, generation 2' })
export const accessLevel = z
  .enum(accessLevels, `must be one of ${accessLevels.join(', ')}`)
  .openapi('AccessLevel', {
    description:
      '`read`: GET, HEAD and OPTIONS. `read-write`: also POST, PUT and PATCH. `full`: every method.',
  })
export const serviceUser = z
  .object({
    id: z.string().openapi({ example: 'su_4bN7mQ2rT9vX1zC6dF8hJk' }),
    name: z.string().openapi({ example: 'Billing' }),
  })
  .openapi('ServiceUser')
const ownerOfKey = serviceUser
  .nullable()
  .openapi({ description: "Whose key it is; `null`: the organization's own." })

export const customerRequestIdMember = z.unknown().optional().openapi({
  type: 'string',
  description: '1–128 printable ASCII characters; anything else is dropped.',
})

export const verifyInput = z
  .strictObject({
    key: z.string('must be a text').min(1, 'must not be empty').openapi({
      description: 'The Secret or the service key to ask about.',
      example: 'kt_svc_8Rk2…',
    }),
    method: z.string('must be a text').regex(methodToken, 'must be a method such as GET').optional().openapi({
      description: 'Of the call that came with the key; without it a narrower access level is refused.',
      example: 'GET',
    }),
    address: z
      .string('must be a text')
      .transform((text, context) => {
        const address = canonicalAddress(text)
        if (address === null) context.addIssue({ code: 'custom', message: 'is no IPv4 or IPv6 address' })
        return address ?? z.NEVER
      })
      .optional()
      .openapi({
        type: 'string',
        description: "Your own client's address; without it a key that is limited to addresses is refused.",
        example: '192.0.2.17',
      }),
    customerRequestId: customerRequestIdMember,
  })
  .openapi('VerifyQuestion')

export const keyData = z
  .object({
    valid: z.boolean(),
    code: code.openapi({ description: 'Why; a key of another organization is `NOT_FOUND`.' }),
    keyId: keyId.nullable(),
    organizationId: organizationId.nullable(),
    name: keyName.nullable(),
    serviceUser: ownerOfKey,
    accessLevel: accessLevel.nullable(),
    expiresAt: dateTime.nullable(),
    graceEndsAt: dateTime.nullable(),
  })
  .openapi('KeyVerdict')

export const whoamiData = z
  .object({
    organizationId,
    organizationName: z.string().openapi({ example: 'Northwind' }),
    keyId,
    name: keyName,
    serviceUser: ownerOfKey,
    accessLevel,
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
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'The file is too large' }),
    status: z.int().openapi({ example: 413 }),
    code: z.string().openapi({ description: 'Stable, for programs.', example: 'MEDIA_TOO_LARGE' }),
    detail: z.string().optional().openapi({
      description: 'For people.',
      example: 'The file has 6 MiB (6,291,456 bytes) … The limit is 5 MiB (5,242,880 bytes) …',
    }),
    requestId: z.string().openapi({ example: 'req_8MzqPXv0aLq3Zk0000002a' }),
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
