import { createServer } from 'node:http'

/** What everything is compared with: node:http as it comes, answering a small JSON. */
const body = JSON.stringify({ valid: true, code: 'VALID' })

createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
}).listen(Number(process.env.BENCH_PORT), '127.0.0.1')
