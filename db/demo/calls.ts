import type { CallRecord } from '@/lib/call-log/call-record'
import type { CallingKeys } from './northwind-keys'

type Caller = {
  organizationId: string
  keys: { current: string; retiring: string; revoked: string } & CallingKeys
}
type Answer = Pick<CallRecord, 'code' | 'status' | 'method' | 'path' | 'address' | 'customerRequestId'> & {
  keyId: string
}

const minute = 60_000
const days = 3

/**
 * Some days of a shop's calls until `now`, oldest first and the same at every start: many by day and few by night,
 * most allowed, and some of everything that goes wrong.
 */
export function demoCalls({ organizationId, keys }: Caller, now: Date): CallRecord[] {
  const random = numbers(20_261_121)
  const calls: CallRecord[] = []
  for (let at = now.getTime() - days * 24 * 60 * minute; at < now.getTime(); at += pause(at, random())) {
    const durationUs = Math.round(220 + 900 * random() ** 4)
    const { keyId, ...answered } = answer(keys, random(), calls.length)
    calls.push({
      at,
      id: `req_demo${String(calls.length).padStart(18, '0')}`,
      key: { id: keyId, organization: { id: organizationId } },
      durationUs,
      ...answered,
    })
  }
  return calls
}

function answer(keys: Caller['keys'], luck: number, n: number): Answer {
  const storefront = {
    keyId: keys.current,
    address: '198.51.100.23',
    customerRequestId: `order-${48_000 + n}`,
  }
  if (luck < 0.42) return { ...storefront, ...allowed, method: 'GET', path: `/orders/${48_000 + n}` }
  if (luck < 0.62) return serviceCall(keys, n)
  if (luck < 0.78) return { ...storefront, ...allowed, method: 'POST', path: '/orders' }
  if (luck < 0.94)
    return { ...crmExport, keyId: keys.retiring, ...allowed, path: `/customers/${600 + (n % 40)}` }
  if (luck < 0.955) return { ...storefront, ...tooLarge, method: 'POST', path: '/v1/media' }
  if (luck < 0.965) return { ...storefront, ...malformed, method: 'POST', path: '/v1/media' }
  if (luck < 0.997) return { ...oldScript, keyId: keys.revoked, code: 'REVOKED', status: 401, path: '/stock' }
  return { ...storefront, code: 'INTERNAL', status: 500, method: 'GET', path: '/v1/requests' }
}

/** Most calls of programs are allowed, and each kind of refusal is among the others. */
function serviceCall(keys: CallingKeys, n: number): Answer {
  const nobody = { customerRequestId: null, method: 'GET' }
  const denied = (code: string, status: number) => ({ ...nobody, code, status })
  const { billing, crm, status } = keys
  if (n % 40 === 7)
    return { ...denied('IP_DENIED', 403), keyId: crm, address: '192.0.2.77', path: '/customers' }
  if (n % 40 === 17)
    return { ...denied('DISABLED', 401), keyId: keys.staging, address: '198.51.100.90', path: '/invoices' }
  if (n % 40 === 27)
    return {
      ...denied('INSUFFICIENT_ACCESS', 403),
      method: 'POST',
      keyId: status,
      address: '203.0.113.8',
      path: '/incidents',
    }
  if (n % 4 === 0) return { ...nobody, ...allowed, keyId: status, address: '203.0.113.8', path: '/v1/whoami' }
  if (n % 4 === 1)
    return {
      ...nobody,
      ...allowed,
      keyId: keys.warehouse,
      address: '198.51.100.87',
      path: `/stock?page=${n % 90}`,
    }
  return {
    ...allowed,
    customerRequestId: `invoice-${9_000 + n}`,
    method: 'POST',
    keyId: billing,
    address: '198.51.100.23',
    path: '/invoices',
  }
}

const allowed = { code: 'VALID', status: 200 }
const tooLarge = { code: 'MEDIA_TOO_LARGE', status: 413 }
const malformed = { code: 'INVALID_BASE64', status: 400 }
const crmExport = { address: '198.51.100.24', method: 'GET', customerRequestId: null }
const oldScript = { address: '203.0.113.90', method: 'GET', customerRequestId: null }

/** Until the next call: most come around two in the afternoon, UTC. */
function pause(at: number, luck: number): number {
  const hour = new Date(at).getUTCHours() + new Date(at).getUTCMinutes() / 60
  const busy = 0.12 + Math.max(0, Math.sin(((hour - 5) / 18) * Math.PI)) ** 2
  return Math.round(((0.2 + 1.6 * luck) * minute) / busy)
}

/** Numbers from 0 to 1 that look like chance and are the same every time (a linear congruence). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
