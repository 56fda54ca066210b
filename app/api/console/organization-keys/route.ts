import { consoleRoute } from '@/lib/console-route'
import { listKeys } from '@/lib/organization-keys/list'

export const GET = consoleRoute('organization-keys:read', (actor) => listKeys(actor.organizationId))
