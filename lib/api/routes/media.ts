import { z } from '@hono/zod-openapi'
import { type Endpoint, readEndpoint } from '@/lib/api/endpoint'
import type { Payload } from '@/lib/api/payload'
import { absent } from '@/lib/api/problem'
import { findMedia, type Media } from '@/lib/media/store'
import { contentEndpoint } from './media-content'
import { storedFile, uploadEndpoint } from './media-upload'

const file = storedFile
  .extend({
    fileName: z.string().openapi({ example: 'photo.png' }),
    contentType: z.string().openapi({ example: 'image/png' }),
  })
  .openapi('MediaFile')

const none = z.object({})

const one = readEndpoint(
  {
    path: '/v1/media/{id}',
    summary: 'What is known of a file',
    parts: z.object({ id: z.string().openapi({ example: 'med_4fJ2kQ0aLq3Zk8MzqPXv1c' }) }),
    query: none,
    data: file,
    meta: none,
    problems: { 404: 'The organization has no such file' },
  },
  async ({ caller, parts }) => {
    const row = await findMedia(caller.key.organization.id, parts.id ?? '')
    return row ? { data: metadataOf(row), meta: {} } : { problem: absent('file') }
  },
)

export const mediaEndpoints: readonly Endpoint[] = [uploadEndpoint, one, contentEndpoint]

function metadataOf(row: Media): Payload<z.infer<typeof file>> {
  const { id, fileName, contentType, bytes, sha256, createdAt } = row
  return { id, fileName, contentType, bytes, sha256: sha256.toString('hex'), createdAt }
}
