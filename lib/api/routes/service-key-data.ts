import { z } from '@hono/zod-openapi'
import type { Payload } from '@/lib/api/payload'
import { serviceKeyStates } from '@/lib/service-keys/lifecycle'
import type { ServiceKeyView, UseView } from '@/lib/service-keys/view'
import { accessLevel, dateTime, serviceUser } from './schemas'

export const keyIdExample = 'key_7QmZ2xV9cT4sR1nB8pLwKd'
export const serviceKeyPath = '/v1/service-keys'
export const keyPart = z.object({ id: z.string().openapi({ example: keyIdExample }) })
export const secretIdExample = 'sec_2wE6rT8yU1iO3pA5sD7fGh'

const use = z.object({
  at: dateTime.openapi({ description: 'To within 10 seconds.' }),
  from: z.string().openapi({ description: "The client's address.", example: '203.0.113.7' }),
  userAgent: z.string().openapi({ example: 'billing-sync/2.1' }),
})

export const serviceKeyData = z
  .object({
    id: z.string().openapi({ example: keyIdExample }),
    name: z.string().openapi({ example: 'Billing sync' }),
    serviceUser,
    masked: z.string().openapi({
      description: 'Of its current secret: the beginning and the last four characters.',
      example: 'kt_svc_3f9a…9aKx',
    }),
    secretId: z.string().openapi({
      description: 'Names the current secret; whoever rotates the key says which one they saw.',
      example: secretIdExample,
    }),
    accessLevel,
    allowedRanges: z
      .array(z.string().openapi({ example: '10.0.0.0/8' }))
      .openapi({ description: 'From where it may be used; empty: from anywhere.' }),
    state: z.enum(serviceKeyStates).openapi({ description: '`expired` is final.' }),
    expiresAt: dateTime.nullable().openapi({ description: '`null`: never.' }),
    createdAt: dateTime,
    createdBy: z
      .string()
      .nullable()
      .openapi({ description: "A person's name, or that of the key that made it.", example: 'Ada Admin' }),
    changedAt: dateTime,
    lastUse: use.nullable().openapi({ description: 'The last accepted call.' }),
    lastRefusal: use
      .extend({ code: z.string().openapi({ description: 'Why.', example: 'IP_DENIED' }) })
      .nullable()
      .openapi({ description: 'The last refused call.' }),
    overlapEndsAt: dateTime.nullable().openapi({
      description:
        'Until when the secret before this one is still accepted; `null` when it is not, as with a key that is not `active`.',
    }),
  })
  .openapi('ServiceKey')

type ServiceKeyData = Payload<z.infer<typeof serviceKeyData>>

export function serviceKeyDataOf(key: ServiceKeyView): ServiceKeyData {
  const { lastUse, lastRefusal } = key
  return {
    id: key.id,
    name: key.name,
    serviceUser: { id: key.serviceUser.id, name: key.serviceUser.name },
    masked: key.masked,
    secretId: key.secretId,
    accessLevel: key.accessLevel,
    allowedRanges: key.allowedRanges,
    state: key.state,
    expiresAt: momentOf(key.expiresAt),
    createdAt: new Date(key.createdAt),
    createdBy: key.createdBy,
    changedAt: new Date(key.changedAt),
    lastUse: lastUse && callOf(lastUse),
    lastRefusal: lastRefusal && { ...callOf(lastRefusal), code: lastRefusal.code },
    overlapEndsAt: momentOf(key.overlapEndsAt),
  }
}

function callOf({ at, from, userAgent }: UseView) {
  return { at: new Date(at), from, userAgent }
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
