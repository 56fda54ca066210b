import { expect, test } from 'vitest'
import { clientAddress, peerAddress } from './client-address'

const isTrusted = (address: string) => address.startsWith('10.') || address === '2001:db8::1'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  [undefined, 'unknown'],
])('the peer %s is %s', (remote, address) => {
  expect(peerAddress(remote)).toBe(address)
})

test.each([
  ['a stranger cannot forward', '192.0.2.9', '203.0.113.1', '192.0.2.9'],
  ['nothing forwarded', '10.0.0.1', null, '10.0.0.1'],
  ['one proxy', '10.0.0.1', '203.0.113.1', '203.0.113.1'],
  [
    'what the client wrote itself stands left and is not believed',
    '10.0.0.1',
    '1.1.1.1, 203.0.113.1',
    '203.0.113.1',
  ],
  ['two proxies', '10.0.0.1', '203.0.113.1, 10.0.0.2', '203.0.113.1'],
  ['only proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['mapped', '10.0.0.1', '::ffff:203.0.113.1', '203.0.113.1'],
  ['with ports', '10.0.0.1', '203.0.113.1:4711,[2001:db8::1]:99', '203.0.113.1'],
  ['garbage on the right ends the reading', '10.0.0.1', '203.0.113.1, unknown', '10.0.0.1'],
  ['garbage after a proxy', '10.0.0.1', '010.0.0.1, 10.0.0.2', '10.0.0.2'],
  ['empty entries', '10.0.0.1', '203.0.113.1,,', '10.0.0.1'],
])('%s', (_, peer, forwarded, address) => {
  expect(clientAddress(peer, forwarded, isTrusted)).toBe(address)
})
