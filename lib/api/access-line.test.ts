import { expect, test } from 'vitest'
import { accessLine } from './access-line'

const facts = {
  requestId: 'req_1',
  customerRequestId: undefined,
  keyId: undefined,
  organizationId: undefined,
  code: null,
  status: 404,
  method: 'GET',
  path: '/',
  address: '2001:db8::1',
  durationMs: 0.25,
}

test('is one line of JSON, whatever comes from outside', () => {
  const hostile = { method: 'A"\n', path: '/"}\n{"level":60\u2028\u0000\ud800', customerRequestId: '"\\' }
  for (const changes of [{}, hostile, { keyId: 'key_1', organizationId: 'org_1', code: 'VALID' }]) {
    const line = accessLine(1, { ...facts, ...changes })
    expect(line.indexOf('\n')).toBe(line.length - 1)
    const { level, time, service, msg, ...rest } = JSON.parse(line)
    expect([level, time, service, msg]).toEqual([30, 1, 'api', 'request'])
    expect(rest).toEqual(JSON.parse(JSON.stringify({ ...facts, ...changes })))
  }
})
