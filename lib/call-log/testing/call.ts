import type { CallRecord } from '@/lib/call-log/call-record'

/** A call that was allowed, but for `changes`. */
export function callOf(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    at: Date.UTC(2026, 10, 23, 12, 44, 11, 7),
    id: 'req_1',
    customerRequestId: null,
    key: { id: 'key_1', organization: { id: 'org_1' } },
    code: 'VALID',
    status: 200,
    method: 'GET',
    path: '/orders',
    address: '192.0.2.1',
    durationUs: 250,
    ...changes,
  }
}

/** What may stand in a path or an id when somebody wants to break a log. */
export const hostileTexts = [
  '"}\n{"level":60,"msg":"request"}',
  '\r\n\t\b\f\v\u001b[31m\u007f',
  '\u2028\u2029\u0085\u00a0\ufeff',
  '\\\\N\\.\n\\.\n',
  '\0 and \ud800 alone, 😀 whole, \udc00',
  'ÿ'.repeat(10_000),
  '\u0001'.repeat(10_000),
  '',
]
