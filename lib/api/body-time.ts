import type { IncomingMessage, ServerResponse } from 'node:http'

/** Every body but an upload's is small. */
const withinMs = 30_000

/** Calls `onLate` when the body has not arrived in time and nobody was answered; ends a connection that was. */
export function boundBodyTime(request: IncomingMessage, response: ServerResponse, onLate: () => void): void {
  const timer = setTimeout(() => {
    if (request.complete) return
    if (response.headersSent) request.destroy()
    else onLate()
  }, withinMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}
