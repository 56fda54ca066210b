import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { readyHead, sendReady, withHeader } from './ready-head'

const headers: [string, string][] = [
  ['X-Key-Name', 'Organization key'],
  ['Content-Type', 'application/json'],
]

/** Everything that a server writes on one connection to these requests. */
async function rawAnswers(answer: (response: ServerResponse) => void, requests: string): Promise<string> {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.end(requests)
  let text = ''
  for await (const chunk of socket) text += chunk
  server.close()
  return text.replace(/Date: [^\r]+/g, 'Date: now')
}

const withBody = (body: string) => ({
  ready: (response: ServerResponse) =>
    sendReady(response, withHeader(readyHead(headers), 'X-Request-Id', 'req_1'), body),
  written: (response: ServerResponse) => {
    const flat = [
      ...headers,
      ['X-Request-Id', 'req_1'],
      ['Content-Length', String(Buffer.byteLength(body))],
    ].flat()
    response.writeHead(200, flat)
    response.end(body)
  },
})

test.each([
  ['kept alive', 'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['closed', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['HEAD', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n'],
])('a ready answer is what writeHead would have written: %s', async (_name, requests) => {
  for (const body of ['', '{"name":"Zoë"}']) {
    const { ready, written } = withBody(body)
    const lines = (text: string) => text.split('\r\n').toSorted()
    const answer = await rawAnswers(ready, requests)
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(lines(answer)).toEqual(lines(await rawAnswers(written, requests)))
  }
})

test('a header that could not be sent is refused when the head is made', () => {
  expect(() => readyHead([['X-Key-Name', 'a\r\nX-Evil: 1']])).toThrow()
  expect(() => readyHead([['bad name', 'a']])).toThrow()
})
