import { createServer } from 'node:http'
import postgres from 'postgres'
import { lookupDigest } from './fill'

/** The usual way, as comparison: one indexed SELECT for every call. */
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 10, onnotice: () => {} })

createServer(async (request, response) => {
  const digest = lookupDigest(String(request.headers['x-api-key']))
  const [key] = await sql`select id, expires_at, accepted_until, deleted_at from organization_keys
    where lookup_digest = ${digest}`
  const body = JSON.stringify({
    valid: key !== undefined && key.deleted_at === null && key.expires_at > new Date(),
  })
  response.writeHead(key ? 200 : 401, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
}).listen(Number(process.env.BENCH_PORT), '127.0.0.1')
