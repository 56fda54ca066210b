import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Api } from './api'
import { badRequest, type Problem, problemJson, timedOut } from './problem'
import { newRequestId } from './request-id'

const problems: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', title: 'The headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: timedOut,
}

/** Answers what is not HTTP, or not in time, and ends the connection: nothing after it can be made sense of. */
export function answerBrokenHttp(api: Api, error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const problem = problems[error.code ?? ''] ?? badRequest('This is not HTTP/1.1.')
  const requestId = newRequestId()
  const body = problemJson(problem, requestId)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  api.log.info({ requestId, code: problem.code, status: problem.status, cause: error.code }, 'request')
}
