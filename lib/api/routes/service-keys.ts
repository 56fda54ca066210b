import { z } from '@hono/zod-openapi'
import { db } from '@/db/client'
import { readEndpoint } from '@/lib/api/endpoint'
import { badRequest } from '@/lib/api/problem'
import { noServiceKey } from '@/lib/api/service-key-problems'
import { parseCursor } from '@/lib/service-keys/cursor'
import { findServiceKey } from '@/lib/service-keys/find'
import { pageOfServiceKeys, usualPage } from '@/lib/service-keys/page'
import { usualSort } from '@/lib/service-keys/sort'
import { deleting, disabling, edit, enabling } from './service-key-changes'
import { keyPart, serviceKeyData, serviceKeyDataOf, serviceKeyPath } from './service-key-data'
import { serviceKeyQuery } from './service-key-query'
import { create, rotate } from './service-key-secrets'

const list = readEndpoint(
  {
    path: serviceKeyPath,
    summary: "The organization's service keys",
    description: `Metadata only: no key is ever in it. All parameters together narrow the list; deleted keys are not in it. To read
on, ask again with \`cursor\` set to \`nextCursor\` of the answer, and the other parameters as they were. The key of the organization
itself is under \`/v1/keys\`.`,
    query: serviceKeyQuery,
    data: z.array(serviceKeyData),
    meta: z.object({ nextCursor: z.string().nullable().openapi({ description: '`null` at the end.' }) }),
    needsFullAccess: true,
  },
  async ({ caller, query }) => {
    const { sort = usualSort, cursor, limit = usualPage, ...filter } = query
    const after = cursor === undefined ? null : parseCursor(cursor, sort)
    if (cursor !== undefined && after === null)
      return {
        problem: badRequest('Query string: cursor: must be a nextCursor of this list, in the same order'),
      }
    const question = { sort, after, limit }
    const { organization } = caller.key
    const { keys, nextCursor } = await pageOfServiceKeys(
      organization.id,
      filter,
      question,
      new Date(caller.now),
    )
    return { data: keys.map(serviceKeyDataOf), meta: { nextCursor } }
  },
)

const one = readEndpoint(
  {
    path: `${serviceKeyPath}/{id}`,
    summary: 'One of the service keys',
    parts: keyPart,
    query: z.object({}),
    data: serviceKeyData,
    meta: z.object({}),
    needsFullAccess: true,
    problems: { 404: 'The organization has no such service key' },
  },
  async ({ caller, parts: { id = '' } }) => {
    const view = await findServiceKey(db(), caller.key.organization.id, id, new Date(caller.now))
    return view ? { data: serviceKeyDataOf(view), meta: {} } : { problem: noServiceKey }
  },
)

/** Managing service keys, for programs with a key that may do everything. */
export const serviceKeyEndpoints = [list, create, one, edit, deleting, rotate, enabling, disabling]
