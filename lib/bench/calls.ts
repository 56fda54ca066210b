import type { BenchKey } from './fill'

/** A fresh run through requests; null at its end. */
export type Calls = () => () => Buffer | null

export function repeated(requests: readonly Buffer[]): Calls {
  return () => {
    let next = 0
    return () => requests[next++ % requests.length] ?? null
  }
}

/** Every request once in the whole run. */
export function nextOnes(requests: readonly Buffer[], perRound: number): Calls {
  let next = 0
  return () => {
    const end = next + perRound
    return () => (next < end ? (requests[next++] ?? null) : null)
  }
}

export function authzRequest(token: string): Buffer {
  return request('GET /v1/authz/forward-auth', [
    `Authorization: Bearer ${token}`,
    'X-Forwarded-Method: GET',
    'X-Forwarded-Uri: /orders',
  ])
}

export function verifyRequest({ secret }: BenchKey): Buffer {
  const body = JSON.stringify({ key: secret })
  const headers = [
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ]
  return request('POST /v1/keys:verify', headers, body)
}

export function apiKeyRequest({ apiKey }: BenchKey): Buffer {
  return request('GET /', [`X-Api-Key: ${apiKey}`])
}

function request(line: string, headers: string[], body = ''): Buffer {
  return Buffer.from(
    `${line} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n${headers.join('\r\n')}\r\n\r\n${body}`,
  )
}
