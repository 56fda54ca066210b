import { holdsToken } from '@/lib/keys/holds-token'
import { randomBase62 } from '@/lib/keys/token'
import { findHeader } from './call-headers'

/** The customer's id of a request, and the header under which it is echoed. */
export type CustomerRequestId = { name: string; value: string }

const parameterName = 'customerRequestId'
const counterWidth = 8
const id = Buffer.from(`req_${randomBase62(14)}${'0'.repeat(counterWidth)}`, 'latin1')
const [nine, a, z, zero] = Buffer.from('9az0', 'latin1') as unknown as [number, number, number, number]

/**
 * Our id of a request: unique, not secret, and a hundred times cheaper than fresh random characters. It ends with
 * the number of the request in base 36, counted as on a mileometer.
 */
export function newRequestId(): string {
  for (let at = id.length - 1; at >= id.length - counterWidth; at--) {
    const digit = id[at]
    if (digit === z) id[at] = zero
    else {
      id[at] = digit === nine ? a : (digit ?? 0) + 1
      break
    }
  }
  return id.toString('latin1')
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
