import { consoleRoute } from '@/lib/console-route'
import { csvDownload, notDownloaded } from '@/lib/csv-download'
import { exportRequests } from '@/lib/requests/export'
import { readForm } from '@/lib/requests/form'

export const GET = consoleRoute('requests:read', async ({ organizationId }, parameters) => {
  const now = new Date()
  const { filter, problems } = readForm(parameters, now)
  if (Object.keys(problems).length > 0) return notDownloaded(problems)
  return csvDownload(`requests-${organizationId}`, exportRequests(organizationId, filter), now)
})
