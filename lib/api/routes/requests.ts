import { z } from '@hono/zod-openapi'
import { readEndpoint } from '@/lib/api/endpoint'
import type { Payload } from '@/lib/api/payload'
import { badRequest } from '@/lib/api/problem'
import { parseCursor } from '@/lib/requests/cursor'
import {
  cursorInput,
  customerRequestIdInput,
  isBackwards,
  keyIdInput,
  limitInput,
  longestPage,
  moment,
  outcomeInput,
  usualPage,
} from '@/lib/requests/inputs'
import { outcomes } from '@/lib/requests/outcome'
import { searchRequests } from '@/lib/requests/search'
import { dateTime } from './schemas'

const loggedRequest = z
  .object({
    id: z.string().openapi({
      description: 'The `X-Request-Id` of its answer.',
      example: 'req_8MzqPXv0aLq3Zk0000002a',
    }),
    at: dateTime,
    keyId: z.string().nullable().openapi({ example: 'key_7QmZ2xV9cT4sR1nB8pLwKd' }),
    outcome: z.enum(outcomes).openapi({
      description: '`denied`: 401, 403 and 429; `invalid`: any other 4xx; `error`: 5xx; `ok`: the rest.',
    }),
    code: z.string().openapi({ description: 'The exact reason.', example: 'VALID' }),
    status: z.int().openapi({ example: 200 }),
    method: z.string().openapi({ example: 'GET' }),
    path: z.string().openapi({ example: '/v1/whoami' }),
    address: z.string().openapi({ example: '203.0.113.7' }),
    durationMs: z.number().openapi({ example: 0.85 }),
    customerRequestId: z.string().nullable().openapi({ example: 'order-4711' }),
  })
  .openapi('LoggedRequest')

type LoggedRequest = Payload<z.infer<typeof loggedRequest>>

// The document says what is sent; the schemas also turn it into what is meant.
const text = (format?: string) => ({ type: 'string' as const, ...(format ? { format } : {}) })

const list = readEndpoint(
  {
    path: '/v1/requests',
    summary: "The organization's calls of this API, newest first",
    description: `A call is in the list within 2 seconds. All parameters together narrow the search. To read on, ask again
with \`cursor\` set to \`nextCursor\` of the answer, and the other parameters as they were.`,
    query: z.object({
      withCustomerRequestId: customerRequestIdInput.optional().openapi({
        ...text(),
        description:
          'Only calls with this customer request id, exactly. `customerRequestId` is the id of this call.',
      }),
      keyId: keyIdInput.optional().openapi({ ...text(), description: 'Only calls with this key.' }),
      outcome: outcomeInput.optional(),
      from: moment
        .optional()
        .openapi({ ...text('date-time'), description: 'Only calls from this moment on.' }),
      to: moment.optional().openapi({ ...text('date-time'), description: 'Only calls before this moment.' }),
      cursor: cursorInput.optional().openapi({ ...text(), description: '`nextCursor` of the page before.' }),
      limit: limitInput.optional().openapi({
        type: 'integer',
        minimum: 1,
        maximum: longestPage,
        default: usualPage,
        description: 'The most calls of a page.',
      }),
    }),
    data: z.array(loggedRequest),
    meta: z.object({ nextCursor: z.string().nullable().openapi({ description: '`null` at the end.' }) }),
  },
  async ({ caller, query }) => {
    const { withCustomerRequestId, cursor, limit = usualPage, ...filter } = query
    if (isBackwards(filter)) return { problem: badRequest('Query string: to: must be after from') }
    const after = cursor === undefined ? null : parseCursor(cursor)
    if (cursor !== undefined && after === null)
      return { problem: badRequest('Query string: cursor: must be a nextCursor of this list') }
    const { requests, nextCursor } = await searchRequests(
      caller.key.organization.id,
      { ...filter, customerRequestId: withCustomerRequestId },
      { after, limit },
    )
    const data: LoggedRequest[] = requests.map((request) => ({ ...request, at: new Date(request.at) }))
    return { data, meta: { nextCursor } }
  },
)

export const requestEndpoints = [list]
