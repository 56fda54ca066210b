import { consoleRoute } from '@/lib/console-route'
import { csvDownload, notDownloaded } from '@/lib/csv-download'
import { exportServiceKeys } from '@/lib/service-keys/export'
import { readServiceKeyForm } from '@/lib/service-keys/form'

export const GET = consoleRoute('service-keys:read', async ({ organizationId }, parameters) => {
  const now = new Date()
  const { filter, sort, problems } = readServiceKeyForm(parameters)
  if (Object.keys(problems).length > 0) return notDownloaded(problems)
  const pieces = exportServiceKeys(organizationId, filter, sort, now)
  return csvDownload(`service-keys-${organizationId}`, pieces, now)
})
