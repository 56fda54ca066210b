import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { style } from '@/lib/api/reference/style'

export const docsRoute = createRoute({
  method: 'get',
  path: '/docs',
  summary: 'This document as a page to read',
  responses: {
    200: { description: 'The reference', content: { 'text/html': { schema: z.string() } } },
  },
})

const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but the page's own style: no script, no other host. */
export const docsHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'private, max-age=300',
}
