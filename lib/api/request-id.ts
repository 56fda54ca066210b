import { randomBase62 } from '@/lib/keys/token'
import { findHeader } from './call-headers'
import { holdsToken } from './query'

/** The customer's id of a request, and the header under which it is echoed. */
export type CustomerRequestId = { name: string; value: string }

const parameterName = 'customerRequestId'
const counterWidth = 8
const ofThisProcess = randomBase62(14)
let counter = 0

/** Our id of a request: unique, not secret, and a hundred times cheaper than fresh random characters. */
export function newRequestId(): string {
  counter += 1
  return `req_${ofThisProcess}${counter.toString(36).padStart(counterWidth, '0')}`
}

const printableAscii = /^[\x20-\x7e]{1,128}$/

/**
 * The customer's id of the request when it is 1–128 printable ASCII characters; a bad one is dropped, never an
 * error. So is a token that was put in its place by mistake: it would stand on every log line.
 */
export function customerRequestId(value: unknown): string | null {
  return typeof value === 'string' && printableAscii.test(value) && !holdsToken(value) ? value : null
}

/**
 * The customer's id from the header `wanted`, else from the query string, else from `field` of the body. A bad one
 * counts as absent. It keeps the header name that it came with; one without a header takes `wanted`.
 */
export function findCustomerRequestId(
  rawHeaders: readonly string[],
  wanted: string,
  query: string,
  field: unknown,
): CustomerRequestId | null {
  const header = findHeader(rawHeaders, wanted)
  const fromHeader = header && customerRequestId(header.value)
  if (header && fromHeader !== null) return { name: header.name, value: header.value }
  const value = customerRequestId(parameter(query)) ?? customerRequestId(field)
  return value === null ? null : { name: wanted, value }
}

// Read for this one name, and not judged: a query string may be a stranger's, or broken.
function parameter(query: string): string | null {
  return query.includes(`${parameterName}=`) ? new URLSearchParams(query).get(parameterName) : null
}
