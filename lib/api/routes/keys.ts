import { z } from '@hono/zod-openapi'
import { readEndpoint } from '@/lib/api/endpoint'
import type { Payload } from '@/lib/api/payload'
import { absent } from '@/lib/api/problem'
import { listKeys } from '@/lib/organization-keys/list'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'
import { dateTime } from './schemas'

const keyMetadata = z
  .object({
    id: z.string().openapi({ example: 'key_7QmZ2xV9cT4sR1nB8pLwKd' }),
    kind: z.enum(['organization']),
    name: z.string().openapi({ example: 'Organization key, generation 2' }),
    masked: z
      .string()
      .openapi({ description: 'Its beginning and its last four characters.', example: 'kt_org_3f…9aKx' }),
    state: z.enum(['active', 'retiring', 'revoked', 'expired']),
    accessLevel: z.enum(['full']),
    createdAt: dateTime,
    expiresAt: dateTime.nullable().openapi({ description: '`null`: never.' }),
    revokedAt: dateTime.nullable(),
    graceEndsAt: dateTime.nullable().openapi({ description: 'Until when a revoked key is still accepted.' }),
    lastUsedAt: dateTime.nullable().openapi({ description: 'To within 10 seconds.' }),
  })
  .openapi('Key')

type KeyMetadata = Payload<z.infer<typeof keyMetadata>>

const none = z.object({})

const list = readEndpoint(
  {
    path: '/v1/keys',
    summary: "The organization's keys, newest first",
    description:
      'Metadata only. Deleted keys are not in it; the keys of service users are under `/v1/service-keys`.',
    query: none,
    data: z.array(keyMetadata),
    meta: none,
  },
  async ({ caller }) => {
    const { keys } = await listKeys(caller.key.organization.id, new Date(caller.now))
    return { data: keys.map(metadataOf), meta: {} }
  },
)

const one = readEndpoint(
  {
    path: '/v1/keys/{id}',
    summary: "One of the organization's keys",
    parts: z.object({ id: z.string().openapi({ example: 'key_7QmZ2xV9cT4sR1nB8pLwKd' }) }),
    query: none,
    data: keyMetadata,
    meta: none,
    problems: { 404: 'The organization has no such key' },
  },
  async ({ caller, parts }) => {
    const { keys } = await listKeys(caller.key.organization.id, new Date(caller.now))
    const key = keys.find(({ id }) => id === parts.id)
    return key ? { data: metadataOf(key), meta: {} } : { problem: absent('key') }
  },
)

export const keyEndpoints = [list, one]

function metadataOf(key: OrganizationKeyView): KeyMetadata {
  return {
    id: key.id,
    kind: 'organization',
    name: key.name,
    masked: key.masked,
    state: key.state,
    accessLevel: 'full',
    createdAt: new Date(key.createdAt),
    expiresAt: momentOf(key.expiresAt),
    revokedAt: momentOf(key.revokedAt),
    graceEndsAt: key.revokedAt === null ? null : momentOf(key.deadline),
    lastUsedAt: momentOf(key.lastUsedAt),
  }
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
