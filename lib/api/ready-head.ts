import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'

/** A status line and header lines that need no further check, each ended by CR LF. */
export type ReadyHead = string & { readonly isChecked: unique symbol }

type WithStoreHeader = ServerResponse & { _storeHeader(head: string, headers: readonly string[]): void }

/** Checks names and values, as Node would, and joins them. @throws when one could not be sent */
export function readyHead(headers: readonly (readonly [name: string, value: string])[]): ReadyHead {
  const lines = headers.map(([name, value]) => {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return `${name}: ${value}\r\n`
  })
  return `HTTP/1.1 200 OK\r\n${lines.join('')}` as ReadyHead
}

/** `value` is known to be printable ASCII. */
export function withHeader(head: ReadyHead, name: string, value: string): ReadyHead {
  return `${head}${name}: ${value}\r\n` as ReadyHead
}

/**
 * Answers 200. `writeHead` checks and joins every header anew, for each answer, which costs more than recognizing
 * a key; `_storeHeader` is the part of it that comes after that, and adds Date and Connection.
 */
export function sendReady(response: ServerResponse, head: ReadyHead, body: string): void {
  const length = ['Content-Length', body === '' ? '0' : String(Buffer.byteLength(body))]
  ;(response as WithStoreHeader)._storeHeader(head, length)
  if (body === '') response.end()
  else response.end(body)
}
