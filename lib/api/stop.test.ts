import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { drain } from './stop'

test('a request that is cut off has heard of it when the server is out of service', async () => {
  const heard: string[] = []
  const server = createServer((request) =>
    request.once('close', () => heard.push(request.url ?? '')).resume(),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => {})
  client.write('POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{')
  await once(server, 'request')
  await drain({ draining: false }, server, 0, 20)
  expect(heard).toEqual(['/upload'])
})
