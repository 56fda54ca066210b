import type { IncomingMessage } from 'node:http'

/** Forms and actions of the console are small; files never pass through it. */
export const bodyLimitBytes = 65_536

export type Refused = { status: 400 | 403 | 411 | 413; text: string }

/**
 * Whether a request may reach Next at all. Next buffers what it is sent, and answers a foreign Origin or an odd
 * target with a 500. Actions check their origin again by themselves. Pure.
 */
export function refusalOf(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  consoleUrl: string,
): Refused | null {
  if (!request.url?.startsWith('/')) return { status: 400, text: 'The request names no path of this server.' }
  if (request.headers['transfer-encoding'] !== undefined) {
    return { status: 411, text: 'Send the body with its length.' }
  }
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
    return { status: 413, text: `The body is larger than ${bodyLimitBytes} bytes.` }
  }
  const { origin } = request.headers
  if (isWrite(request.method) && origin !== undefined && origin !== consoleUrl) {
    return { status: 403, text: `Open the console at ${consoleUrl} to do this.` }
  }
  return null
}

function isWrite(method: string | undefined): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}
