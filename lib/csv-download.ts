const noStore = { 'cache-control': 'no-store' }

/**
 * CSV as a file to download. What fails before the first piece is there is answered with a status of its own; what
 * fails later cuts the connection, so that the browser calls the download failed instead of complete.
 * @param name of the file, without its ending; the day follows it
 */
export async function csvDownload(
  name: string,
  pieces: AsyncGenerator<string>,
  now: Date,
): Promise<Response> {
  return new Response(await begun(pieces), {
    headers: {
      ...noStore,
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}-${now.toISOString().slice(0, 10)}.csv"`,
    },
  })
}

/** What an export's address says wrong, instead of a file. */
export function notDownloaded(problems: Record<string, string>): Response {
  return Response.json({ reason: 'invalid-input', problems }, { status: 400, headers: noStore })
}

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
