import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Api } from './api'
import type { Exchange } from './exchange'
import { badRequest, headersTooLarge, type Problem, problemJson, timedOut } from './problem'
import { newRequestId } from './request-id'

type BrokenHttp = Error & { code?: string }

const leavings = ['ECONNRESET', 'HPE_INVALID_EOF_STATE']

const problems: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: timedOut,
}

/**
 * Ends a request whose body turned out not to be HTTP, or stopped in the middle; a caller who left is noticed by
 * whoever reads the body.
 */
export function endBrokenBody(exchange: Exchange, error: BrokenHttp, socket: Socket): void {
  if (!socket.writable || leavings.includes(error.code ?? '')) {
    socket.destroy()
    return
  }
  exchange.problem(problemOf(error))
  socket.destroySoon()
}

/** Answers what is not HTTP, or not in time, and ends the connection: nothing after it can be made sense of. */
export function answerBrokenHttp(api: Api, error: BrokenHttp, socket: Socket): void {
  if (!socket.writable || leavings.includes(error.code ?? '')) {
    socket.destroy()
    return
  }
  const problem = problemOf(error)
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

function problemOf({ code }: BrokenHttp): Problem {
  return problems[code ?? ''] ?? badRequest('This is not HTTP/1.1.')
}
