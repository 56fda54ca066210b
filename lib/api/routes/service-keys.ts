import { z } from '@hono/zod-openapi'
import { db } from '@/db/client'
import { readEndpoint } from '@/lib/api/endpoint'
import { noServiceKey } from '@/lib/api/service-key-problems'
import { findServiceKey } from '@/lib/service-keys/find'
import { deleting, disabling, edit, enabling } from './service-key-changes'
import { keyPart, serviceKeyData, serviceKeyDataOf, serviceKeyPath } from './service-key-data'
import { create, rotate } from './service-key-secrets'

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
export const serviceKeyEndpoints = [create, one, edit, deleting, rotate, enabling, disabling]
