import { beforeAll, expect, test } from 'vitest'
import { insertOrganization, insertServiceKey } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import type { OpenApiDocument } from './reference/open-api'
import { type Answered, type Asking, ask } from './testing/ask'
import { newServiceKey, serviceKeyRoutes } from './testing/service-keys'
import { testApi } from './testing/test-api'

const { sql, running } = await testApi()
const document: OpenApiDocument = await (await fetch(`${running.url}/openapi.json`)).json()
const organizationId = await insertOrganization(sql)
let token: string
let reader: string

beforeAll(async () => {
  token = (await insertServiceKey(sql, organizationId)).text
  const last = await insertServiceKey(sql, organizationId, { accessLevel: 'read' })
  reader = last.text
  await until(() => running.keeper.list.key(last.id) !== undefined)
})

async function targetOf(route: string): Promise<{ id: string; secretId: string }> {
  const facts = { allowedRanges: ['127.0.0.1/32'], disabledAt: route.endsWith(':enable') ? new Date() : null }
  const { id } = await insertServiceKey(sql, organizationId, facts)
  const [secret] = await sql`select id from service_key_secrets where key_id = ${id}`
  return { id, secretId: secret?.id }
}

type Question = { method: string; path: string; body?: unknown }
const send = ({ method, path, body }: Question, more: Asking = {}) =>
  ask(running.url, method, path, { token, body, ...more })

async function questionOf(route: string, changed: { id?: string } = {}): Promise<Question> {
  const question = serviceKeyRoutes[route]
  if (!question) throw new Error(`how is ${route} asked?`)
  return question({ ...(await targetOf(route)), ...changed })
}

/** The second of two calls that can be made once, or one too many. */
async function conflict(route: string): Promise<Answered> {
  if (route === 'post /v1/service-keys') {
    const body = newServiceKey({ serviceUser: { name: 'Crowd' } })
    for (let n = 0; n < 10; n++) await send({ method: 'POST', path: '/v1/service-keys', body })
    return send({ method: 'POST', path: '/v1/service-keys', body })
  }
  const question = await questionOf(route)
  if (route.startsWith('patch')) {
    const createdAt = new Date(Date.now() - 2_000)
    const { id } = await insertServiceKey(sql, organizationId, {
      createdAt,
      expiresAt: new Date(Date.now() - 1_000),
    })
    return send({ ...question, path: `/v1/service-keys/${id}` })
  }
  await send(question)
  return send(question)
}

async function whileBusy(question: Question): Promise<Answered> {
  return sql.begin(async (tx) => {
    await tx`lock table service_keys in access exclusive mode`
    const answer = send(question)
    await until(async () => {
      const canceled = await sql`select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query not like '%operational%'`
      return canceled.length > 0
    })
    return answer
  })
}

/** How each status of the document is reached. */
const ways: Record<string, (route: string) => Promise<Answered>> = {
  200: async (route) => send(await questionOf(route)),
  201: async (route) => send(await questionOf(route)),
  400: async (route) => {
    const question = await questionOf(route)
    return send({ ...question, path: `${question.path}?page=2` })
  },
  401: async (route) => send(await questionOf(route), { token: 'x' }),
  403: async (route) => send(await questionOf(route), { token: reader }),
  404: async (route) => {
    if (route !== 'post /v1/service-keys') return send(await questionOf(route, { id: 'key_1' }))
    const body = newServiceKey({ serviceUser: { id: `su_${'0'.repeat(22)}` } })
    return send({ method: 'POST', path: '/v1/service-keys', body })
  },
  409: conflict,
  413: async (route) => send(await questionOf(route), { body: `"${'x'.repeat(16_383)}"` }),
  422: async (route) => {
    const headers = { 'Idempotency-Key': route }
    await send(await questionOf(route), { headers })
    return send(await questionOf(route), { headers })
  },
  503: async (route) => whileBusy(await questionOf(route)),
}

const promises = Object.entries(document.paths)
  .filter(([path]) => path.startsWith('/v1/service-keys'))
  .flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.keys(responses).map((status) => [`${method} ${path}`, status] as const),
    ),
  )

test('every route of the document is asked, and all of them promise what all can answer', () => {
  expect([...new Set(promises.map(([route]) => route))].toSorted()).toEqual(
    Object.keys(serviceKeyRoutes).toSorted(),
  )
  for (const route of Object.keys(serviceKeyRoutes)) {
    const statuses = promises.filter(([promised]) => promised === route).map(([, status]) => status)
    expect([route, statuses]).toEqual([route, expect.arrayContaining(['400', '401', '403', '503'])])
  }
})

test.each(promises)('%s answers %s', async (route, status) => {
  const answer = await ways[status]?.(route)
  expect([answer?.status, answer?.body.code]).toEqual([
    Number(status),
    Number(status) < 400 ? undefined : expect.stringMatching(/^[A-Z_]+$/),
  ])
})
