import { expect, test } from 'vitest'
import { ownHeaderNames } from '@/lib/api/own-headers'
import { defaultRequestIdHeader, headerNameFault } from './request-id-header'

test.each([defaultRequestIdHeader, 'X-Correlation-Id', 'traceparent', 'x', "!#$%&'*+.^_`|~", 'A'.repeat(64)])(
  '%s may carry the id',
  (name) => expect(headerNameFault(name)).toBeNull(),
)

test.each([
  ['', { rule: 'empty' }],
  ['A'.repeat(65), { rule: 'too-long', length: 65 }],
  ['bad header', { rule: 'not-a-token', character: ' ' }],
  [' X-Id', { rule: 'not-a-token', character: ' ' }],
  ['X-Id:', { rule: 'not-a-token', character: ':' }],
  ['X-Id\r\nSet-Cookie', { rule: 'not-a-token', character: '\r' }],
  ['X-Ü', { rule: 'not-a-token', character: 'Ü' }],
  ['X-😀', { rule: 'not-a-token', character: '😀' }],
  ['Authorization', { rule: 'reserved', group: 'credential' }],
  ['aUTHORIZATION', { rule: 'reserved', group: 'credential' }],
  ['X-Api-Key', { rule: 'reserved', group: 'credential' }],
  ['Cookie', { rule: 'reserved', group: 'credential' }],
  ['Host', { rule: 'reserved', group: 'routing' }],
  ['Connection', { rule: 'reserved', group: 'connection' }],
  ['Transfer-Encoding', { rule: 'reserved', group: 'connection' }],
  ['Forwarded', { rule: 'reserved', group: 'forwarding' }],
  ['X-Forwarded-For', { rule: 'reserved', group: 'forwarding' }],
  ['X_Forwarded_For', { rule: 'reserved', group: 'forwarding' }],
  ['Content-Length', { rule: 'reserved', group: 'content' }],
  ['Sec-Fetch-Site', { rule: 'reserved', group: 'browser' }],
  ['X-Org-Id', { rule: 'reserved', group: 'gateway' }],
  ['X-Request-Id', { rule: 'reserved', group: 'answer' }],
  ['X-Accel-Redirect', { rule: 'reserved', group: 'order' }],
  ['x_sendfile', { rule: 'reserved', group: 'order' }],
  ['X-Envoy-Immediate-Health-Check-Fail', { rule: 'reserved', group: 'order' }],
  ['Clear-Site-Data', { rule: 'reserved', group: 'order' }],
  ['Refresh', { rule: 'reserved', group: 'order' }],
])('%j is refused by the rule that it breaks', (name, fault) => {
  expect(headerNameFault(name)).toEqual(fault)
})

test('no header that the API writes itself may carry the id', () => {
  for (const name of ownHeaderNames) expect([name, headerNameFault(name)?.rule]).toEqual([name, 'reserved'])
})
