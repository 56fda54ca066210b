import { randomBase62 } from '@/lib/keys/token'
import { holdsToken } from './query'

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
