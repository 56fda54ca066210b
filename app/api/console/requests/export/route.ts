import { consoleRoute } from '@/lib/console-route'
import { exportRequests } from '@/lib/requests/export'
import { readForm } from '@/lib/requests/form'

export const GET = consoleRoute('requests:read', async ({ organizationId }, parameters) => {
  const now = new Date()
  const { filter, problems } = readForm(parameters, now)
  if (Object.keys(problems).length > 0) {
    return Response.json({ reason: 'invalid-input', problems }, { status: 400, headers: noStore })
  }
  return new Response(await begun(exportRequests(organizationId, filter)), {
    headers: {
      ...noStore,
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="requests-${organizationId}-${now.toISOString().slice(0, 10)}.csv"`,
    },
  })
})

const noStore = { 'cache-control': 'no-store' }

/**
 * The pieces as a stream, once the first one is there: what fails before is answered with a status of its own. What
 * fails later cuts the connection, so that the browser calls the download failed instead of complete.
 */
async function begun(pieces: AsyncGenerator<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let next = await pieces.next()
  return new ReadableStream(
    {
      async pull(controller) {
        if (next.done) return controller.close()
        controller.enqueue(encoder.encode(next.value))
        next = await pieces.next()
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 1 },
  )
}
