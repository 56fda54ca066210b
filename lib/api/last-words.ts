import type { IncomingMessage, ServerResponse } from 'node:http'

/** So much of a body that nobody wants is read and dropped, while its sender is given time to read the answer. */
const droppedBytes = 1_048_576
const lingerMs = 2_000
const smallBytes = 65_536

/** Whether more of a body is still on its way than Node drops by itself before the connection's next request. */
export function isUnread(request: IncomingMessage): boolean {
  if (request.complete || request.readableEnded) return false
  const { 'content-length': length } = request.headers
  return length === undefined || Number(length) > smallBytes
}

/**
 * Ends the answer to a request whose body will not be read. A connection that is closed over unread bytes is reset,
 * and its client may lose the answer with it; so the client goes first, for a while.
 */
export function endUnread(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  let dropped = 0
  const end = () => {
    clearTimeout(timer)
    request.pause()
    response.end()
  }
  const timer = setTimeout(end, lingerMs)
  request.removeAllListeners('data')
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length
    if (dropped > droppedBytes) request.pause()
  })
  request.resume()
  request.once('end', end)
  request.once('close', end)
  response.write(body)
}
