import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { listPage, messagePage, notFoundPage } from './pages'
import { send } from './send'
import type { MailStore, Message } from './store'

const bodyLimitBytes = 10 * 1024 * 1024
const style = readFileSync(new URL('./mailbox.css', import.meta.url))
const script = readFileSync(new URL('./mailbox.js', import.meta.url))

const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
  "frame-ancestors 'self'"

/** A stand-in for the Resend API with pages to read what was sent. It is not listening yet. */
export function mailboxServer(store: MailStore): Server {
  return createServer((request, response) => {
    answer(store, request, response).catch((error: Error) => {
      console.error(error)
      if (!response.headersSent) reply(response, 500, 'text/plain', 'Something went wrong')
    })
  })
}

async function answer(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Another site's name that resolves to this machine must not let its scripts read the codes.
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? ''))
    return reply(response, 421, 'text/plain', 'This mailbox answers as localhost only')
  const url = new URL(request.url ?? '/', 'http://localhost')
  const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${url.pathname}`
  const to = url.searchParams.get('to') ?? ''

  if (route === 'POST /emails') return receive(store, request, response)
  if (route === 'GET /') return reply(response, 200, 'text/html', listPage(store.list(to), to))
  if (route === 'GET /messages') return json(response, 200, store.list(to).map(view))
  if (route === 'GET /mailbox.css') return reply(response, 200, 'text/css', style)
  if (route === 'GET /mailbox.js') return reply(response, 200, 'text/javascript', script)
  const [, id, part] = /^GET \/messages\/([\w-]+)(\/html)?$/.exec(route) ?? []
  const message = id && store.find(id)
  if (message && part) return reply(response, 200, 'text/html', mailDocument(message), mailPolicy)
  if (message) return reply(response, 200, 'text/html', messagePage(message))
  return reply(response, 404, 'text/html', notFoundPage())
}

async function receive(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimitBytes) {
      response.setHeader('Connection', 'close')
      return json(response, 413, {
        statusCode: 413,
        name: 'validation_error',
        message: 'The mail is too large.',
      })
    }
    chunks.push(chunk)
  }
  const key = request.headers['idempotency-key']
  const { status, body } = send(store, Buffer.concat(chunks).toString('utf8'), {
    authorization: request.headers.authorization,
    idempotencyKey: Array.isArray(key) ? key[0] : key,
  })
  json(response, status, body)
}

/** Links leave the frame, which may not show anything but the mail. */
function mailDocument(message: Message): string {
  return `<!doctype html><meta charset="utf-8"><base target="_blank">${message.html}`
}

function view({ id, to, subject, text, html, createdAt }: Message) {
  return { id, to, subject, text, html, createdAt }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  reply(response, status, 'application/json', JSON.stringify(body))
}

function reply(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  policy = pagePolicy,
): void {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(body)
}
