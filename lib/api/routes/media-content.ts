import { z } from '@hono/zod-openapi'
import { authenticate } from '@/lib/api/authenticate'
import { findHeader } from '@/lib/api/call-headers'
import { type Endpoint, failed } from '@/lib/api/endpoint'
import type { Exchange } from '@/lib/api/exchange'
import { badQuery } from '@/lib/api/fault-words'
import { absent } from '@/lib/api/problem'
import { parseQuery } from '@/lib/api/query'
import { asAttachment } from '@/lib/media/file-name'
import { contentOf, findMedia } from '@/lib/media/store'
import { described } from './described'

const path = '/v1/media/{id}/content'

export const contentEndpoint: Endpoint = {
  method: 'GET',
  path,
  config: described({
    method: 'get',
    path,
    summary: 'Download a file',
    description:
      'The bytes as they were uploaded. `ETag` is their SHA-256; with `If-None-Match` only what has changed is sent, and a file never changes.',
    parts: z.object({ id: z.string().openapi({ example: 'med_4fJ2kQ0aLq3Zk8MzqPXv1c' }) }),
    answers: {
      200: {
        description: 'The file, as an attachment under its name',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      304: { description: 'The caller has it already' },
    },
    problems: { 400: 'The question is not well-formed', 404: 'The organization has no such file' },
  }),
  answer(exchange, parts) {
    const parameters = parseQuery(exchange.query, ['customerRequestId'])
    const caller = authenticate(exchange, exchange.method)
    if (caller.problem) return caller.problem
    if (!parameters.ok) return badQuery(parameters)
    send(exchange, caller.key.organization.id, parts.id ?? '').catch((error) => failed(exchange, error))
    return null
  },
}

async function send(exchange: Exchange, organizationId: string, id: string): Promise<void> {
  const file = await findMedia(organizationId, id)
  if (!file) {
    exchange.problem(absent('file'))
    return
  }
  const tag = `"${file.sha256.toString('hex')}"`
  const known = findHeader(exchange.request.rawHeaders, 'if-none-match')?.value ?? ''
  const status = matches(known, tag) ? 304 : 200
  const headers: [string, string][] = [
    ['Content-Type', file.contentType],
    ['Content-Disposition', asAttachment(file.fileName)],
    ['ETag', tag],
    ['Cache-Control', 'private, no-cache'],
  ]
  await exchange.stream(status, headers, file.bytes, contentOf(file))
}

// Compared weakly (RFC 9110, 13.1.2).
function matches(known: string, tag: string): boolean {
  return known.split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')))
}
