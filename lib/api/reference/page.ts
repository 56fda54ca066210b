import { html, raw } from 'hono/html'
import { rememberedHours } from '@/lib/idempotency/once'
import { knownProblems } from './error-codes'
import type { OpenApiDocument } from './open-api'
import { type Route, routeSection } from './route-section'
import { style } from './style'
import { prose } from './text'

type Group = { title: string; has: (route: Route) => boolean }

/** Every route is in the first group that has it. */
const groups: readonly Group[] = [
  {
    title: 'For integrators',
    has: ({ path, operation }) =>
      Boolean(operation.security) && !/^\/v1\/(authz|keys:|service-keys)/.test(path),
  },
  { title: 'Service keys', has: ({ path }) => path.startsWith('/v1/service-keys') },
  { title: 'For platform services', has: ({ path }) => path.startsWith('/v1/keys:') },
  { title: 'For gateways', has: ({ path }) => path.startsWith('/v1/authz/') },
  { title: 'For anyone', has: () => true },
]

/** The reference as one page: everything in it is the document's, and nothing in it is fetched from elsewhere. */
export async function referencePage(document: OpenApiDocument): Promise<string> {
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: idOf(method, path),
      method,
      path,
      operation,
    })),
  )
  const grouped = groups.map(({ title }) => ({
    title,
    id: idOf('', title),
    routes: routes.filter((route) => groups.find(({ has }) => has(route))?.title === title),
  }))
  const { title, description = '' } = document.info
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} – reference</title>
    <link rel="icon" href="data:,">
    <style>${raw(style)}</style>
  </head>
  <body>
    <a class="skip" href="#main">Skip to the reference</a>
    <div class="frame">
      <header>
        <h1>${title}</h1>
        <p class="lead">${description} This page is made from <a href="/openapi.json">/openapi.json</a>.</p>
      </header>
      <nav aria-label="Contents">
        <h2>Basics</h2>
        <ul>${basics.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul>
        ${grouped.map(
          (group) => html`
        <h2>${group.title}</h2>
        <ul>${group.routes.map(({ id, method, path }) => html`<li><a href="#${id}">${method.toUpperCase()} ${path}</a></li>`)}</ul>`,
        )}
      </nav>
      <main id="main" tabindex="-1">
        ${basics.map(({ id, title: name, body }) => html`<section aria-labelledby="${id}"><h2 id="${id}"><a href="#${id}">${name}</a></h2>${body(document)}</section>`)}
        ${grouped.map(
          (group) => html`
        <section aria-labelledby="${group.id}">
          <h2 id="${group.id}"><a href="#${group.id}">${group.title}</a></h2>
          ${group.routes.map((route) => routeSection(document, route))}
        </section>`,
        )}
      </main>
    </div>
  </body>
</html>
`
  return String(await page)
}

function idOf(method: string, path: string): string {
  return `${method} ${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

const basics = [
  {
    id: 'authentication',
    title: 'Authentication',
    body: ({ servers }: OpenApiDocument) => html`
      <p>${prose('Send a Secret or a service key with every call, as `Authorization: Bearer <Secret>` or `X-Api-Key: <Secret>`. An admin copies the Secret under Settings > API > API Keys; service keys are made under Settings > Service keys, or with `POST /v1/service-keys`, and are shown once. Two different ones in a call are refused, and one in the query string is refused as exposed.')}</p>
      <pre><code>${`export SECRET='<the Secret>'\ncurl -H "Authorization: Bearer $SECRET" '${servers?.[0]?.url ?? ''}/v1/whoami'`}</code></pre>`,
  },
  {
    id: 'datetimes',
    title: 'DateTimes',
    body: () => html`
      <p>${prose('Every DateTime is written as the organization wants it (Settings > API > General): in UTC, `2025-11-23T12:44:11Z`, or in its own time zone without a suffix, `2025-11-23T13:44:11`. Whole seconds, always.')}</p>`,
  },
  {
    id: 'request-ids',
    title: 'Request ids',
    body: () => html`
      <p>${prose('Every answer carries our id of the request as `X-Request-Id`, and JSON answers as `meta.requestId`. Send your own as `X-Customer-Request-Id`, or under the name that your organization chose (Settings > API > General): 1–128 printable ASCII characters. It comes back under the same name and finds the call again under Requests and in `GET /v1/requests`.')}</p>
      <p>${prose('Who cannot send a header uses the parameter `customerRequestId`, in the query string or at the top level of a JSON body. The header wins. An id that is not well-formed is dropped; the call goes on.')}</p>`,
  },
  {
    id: 'idempotency',
    title: 'Asking again',
    body: () => html`
      <p>${prose('Whoever creates or rotates a service key and does not hear the answer cannot know whether it was done. Send an `Idempotency-Key` with such a call, a text of your own such as a UUID, and send the same call with the same text again: it is done once, however often and in parallel you ask. An answer that you were given before comes with `Idempotency-Replayed: true`, with the key as it is now, and with `null` in place of the secret, which is shown once and kept nowhere. If you never received it, rotate the key.')}</p>
      <p>${prose(`A text belongs to the key that you call with, and is remembered for ${rememberedHours} hours. With another question it is refused: 422 \`IDEMPOTENCY_KEY_REUSED\`. A call that was refused may be sent again under the same text. The other calls need none: they do the same when they are sent twice, or say that it is done.`)}</p>`,
  },
  {
    id: 'errors',
    title: 'Errors',
    body: () => html`
      <p>${prose('An error is `application/problem+json` (RFC 9457). `code` is stable and for programs, `detail` is for people and may change. A 503 has `Retry-After`, in seconds.')}</p>
      <dl class="codes">${knownProblems.map(
        ({ status, code, title }) =>
          html`<div><dt><span class="status no">${status}</span> <code>${code}</code></dt><dd>${title}</dd></div>`,
      )}</dl>`,
  },
]
