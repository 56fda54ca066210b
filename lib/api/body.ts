import type { IncomingMessage } from 'node:http'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'

/** A body beyond its limit is still counted up to here, so that the sender can be told its size. */
const countUpToBytes = 1_048_576

/**
 * Reads a body and counts it as it streams: what a header says about its length is not believed. Calls back once,
 * with the bytes, or with `too-large` and how many bytes came, or with `aborted`.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  onBody: (
    body: Outcome<Buffer, Refusal<'too-large', { receivedBytes: number }> | Refusal<'aborted', undefined>>,
  ) => void,
): void {
  // A request that announced no body has ended before anybody could listen (`optimizeEmptyRequests`).
  if (request.readableEnded) {
    onBody(done(Buffer.alloc(0)))
    return
  }
  const chunks: Buffer[] = []
  let receivedBytes = 0
  let ended = false
  const end = (body: Parameters<typeof onBody>[0]) => {
    if (ended) return
    ended = true
    onBody(body)
  }
  request.on('data', (chunk: Buffer) => {
    receivedBytes += chunk.length
    if (receivedBytes <= limitBytes) chunks.push(chunk)
    else if (receivedBytes > countUpToBytes) end(refuse('too-large', { receivedBytes }))
  })
  request.on('end', () => {
    if (receivedBytes > limitBytes) end(refuse('too-large', { receivedBytes }))
    else end(done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
  })
  request.on('close', () => end(refuse('aborted')))
}
