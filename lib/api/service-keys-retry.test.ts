import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { insertOrganization, insertServiceKey } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { type Answered, ask } from './testing/ask'
import { sendRaw } from './testing/raw-http'
import { newServiceKey, type ServiceKeyAnswer } from './testing/service-keys'
import { testApi } from './testing/test-api'

let ahead = 0
const { sql, running } = await testApi({ now: () => Date.now() + ahead })
const organizationId = await insertOrganization(sql)
const path = '/v1/service-keys'
let token: string
let otherToken: string

beforeAll(async () => {
  token = (await insertServiceKey(sql, organizationId)).text
  const other = await insertServiceKey(sql, organizationId)
  otherToken = other.text
  await until(() => running.keeper.list.key(other.id) !== undefined)
})

type Under = { to?: string; by?: string; method?: string }

const send = (idempotencyKey: string, body: unknown, { to = '', by = token, method = 'POST' }: Under = {}) =>
  ask(running.url, method, path + to, { token: by, body, headers: { 'Idempotency-Key': idempotencyKey } })
const dataOf = ({ body }: Answered) => body.data as ServiceKeyAnswer
const replayed = ({ headers }: Answered) => headers.get('idempotency-replayed')
const named = (name: string) => newServiceKey({ name, serviceUser: { name } })
const countOf = async (name: string) =>
  Number((await sql`select count(*) from service_keys where name = ${name}`)[0]?.count)

describe('asked again with the same text', () => {
  test('nothing happens, and the answer is the same but for the secret', async () => {
    const question = named('Twice')
    const first = await send('twice', question)
    const second = await send('twice', question)
    expect([first.status, replayed(first)]).toEqual([201, null])
    expect([second.status, replayed(second)]).toEqual([201, 'true'])
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(dataOf(second)).toEqual({ ...dataOf(first), key: null })
    expect(await countOf('Twice')).toBe(1)
    const events = await sql`select 1 from audit_events where subject_id = ${dataOf(first).id}`
    expect(events).toHaveLength(1)
  })

  test('blanks, and what the customer calls the call, make no other question', async () => {
    const question = named('Spaced')
    const { id } = dataOf(await send('spaced', question))
    const spaced = JSON.stringify({ customerRequestId: 'second try', ...question }, null, 2)
    const again = await send('spaced', spaced)
    expect([dataOf(again).id, replayed(again)]).toEqual([id, 'true'])
    expect(again.headers.get('x-customer-request-id')).toBe('second try')
  })

  test('members in another order make no other question', async () => {
    const question = named('Ordered')
    const { id } = dataOf(await send('ordered', question))
    const again = await send('ordered', Object.fromEntries(Object.entries(question).toReversed()))
    expect([dataOf(again).id, replayed(again)]).toEqual([id, 'true'])
    const ranges = ['10.0.0.1', '10.0.0.2']
    await send('ranges', { ...question, allowedRanges: ranges })
    const turned = await send('ranges', { ...question, allowedRanges: ranges.toReversed() })
    expect(turned.status).toBe(422)
  })

  test('another question is refused: 422', async () => {
    const { id, secretId } = dataOf(await send('reused', named('Reused')))
    for (const answer of [
      await send('reused', named('Another')),
      await send('reused', { secretId }, { to: `/${id}:rotate` }),
    ])
      expect([answer.status, answer.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect(await countOf('Another')).toBe(0)
  })

  test('another key may use the text for something of its own', async () => {
    const first = dataOf(await send('shared', named('Shared')))
    const second = dataOf(await send('shared', named('Shared'), { by: otherToken }))
    expect(second.id).not.toBe(first.id)
    expect(second.key).toMatch(/^kt_svc_/)
  })

  test('a rotation is done once', async () => {
    const { id, secretId } = dataOf(await send('rotated 1', named('Rotated')))
    const rotate = () => send('rotated 2', { secretId, overlapHours: 1 }, { to: `/${id}:rotate` })
    const [first, second] = [await rotate(), await rotate()]
    expect([first.status, second.status, replayed(second)]).toEqual([200, 200, 'true'])
    expect(dataOf(second)).toEqual({ ...dataOf(first), key: null })
    expect(await sql`select 1 from service_key_secrets where key_id = ${id}`).toHaveLength(2)
  })

  test('after the key was deleted: told so', async () => {
    const question = named('Gone')
    const { id } = dataOf(await send('gone', question))
    await send('any', undefined, { method: 'DELETE', to: `/${id}` })
    const answer = await send('gone', question)
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND'])
    expect(answer.body.detail).toContain('deleted since')
    expect(await countOf('Gone')).toBe(1)
  })

  test('after a refusal: asked anew', async () => {
    const crowd = { serviceUser: { name: 'Crowd' } }
    const ids: string[] = []
    for (let n = 0; n < 10; n++) ids.push(dataOf(await send(`crowd ${n}`, newServiceKey(crowd))).id)
    const question = newServiceKey(crowd)
    expect((await send('eleventh', question)).status).toBe(409)
    await send('any', undefined, { method: 'DELETE', to: `/${ids[0]}` })
    const answer = await send('eleventh', question)
    expect([answer.status, replayed(answer)]).toEqual([201, null])
  })

  test('a day later: it is another question', async () => {
    const question = named('Daily')
    const first = dataOf(await send('daily', question))
    ahead = 24 * 3_600_000 + 60_000
    const later = dataOf(await send('daily', question))
    ahead = 0
    expect([later.id === first.id, later.key === null]).toEqual([false, false])
  })
})

test('fifty at once make one key, and one of them is shown it', async () => {
  const question = named('Crowded')
  const answers = await Promise.all(Array.from({ length: 50 }, () => send('fifty', question)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(answers.map((answer) => dataOf(answer).id)).size).toBe(1)
  expect(answers.filter((answer) => dataOf(answer).key !== null)).toHaveLength(1)
  expect(answers.filter((answer) => replayed(answer) === 'true')).toHaveLength(49)
  expect(await countOf('Crowded')).toBe(1)
})

describe('a text that is none', () => {
  test.each([
    ['empty', ''],
    ['256 characters', 'x'.repeat(256)],
    ['not ASCII', 'caf\xe9'],
    ['a tab', 'a\tb'],
  ])('%s: 400', async (_, text) => {
    const answer = await send(text, named('Nobody'))
    expect(answer.body.detail).toBe('Idempotency-Key must be 1 to 255 printable ASCII characters.')
    expect(answer.status).toBe(400)
  })

  test('two of them: 400', async () => {
    const body = JSON.stringify(named('Nobody'))
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: a',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Idempotency-Key: a',
      'Idempotency-Key: b',
    ]
    const answer = await sendRaw(running.port, `${head.join('\r\n')}\r\n\r\n${body}`)
    expect([answer.status, JSON.parse(answer.body).detail]).toEqual([
      400,
      'Idempotency-Key may be sent once.',
    ])
    expect(await countOf('Nobody')).toBe(0)
  })

  test('the longest that is one, and one where none is read', async () => {
    expect((await send('~'.repeat(255), named('Longest'))).status).toBe(201)
    const { id } = dataOf(await send('unread', named('Unread')))
    for (let n = 0; n < 2; n++) {
      const answer = await send('unread', { name: `Unread ${n}` }, { method: 'PATCH', to: `/${id}` })
      expect([answer.status, replayed(answer)]).toEqual([200, null])
    }
  })
})

describe('when the connection breaks', () => {
  /** Sends so many bytes of the call and leaves `afterMs` later. */
  const leave = (text: string, bytes: number, afterMs: number) =>
    new Promise<void>((resolve) => {
      const socket = connect(running.port, '127.0.0.1', () => {
        socket.write(text.slice(0, bytes))
        setTimeout(() => socket.destroy(), afterMs)
      })
      socket.on('close', () => resolve())
      socket.on('error', () => {})
    })

  test("the caller's: everything or nothing was done, and asking again says which key it is", async () => {
    for (let round = 0; round < 20; round++) {
      const name = `Left ${round}`
      const body = JSON.stringify(named(name))
      const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nIdempotency-Key: left ${round}\r\nContent-Length: ${body.length}\r\n\r\n`
      const isWhole = round % 4 !== 0
      await leave(head + body, head.length + body.length - (isWhole ? 0 : 1), round)
      const answer = await send(`left ${round}`, body)
      expect(answer.status).toBe(201)
      expect(await countOf(name)).toBe(1)
      if (!isWhole) expect(replayed(answer)).toBeNull()
      const [row] = await sql`select count(s.*) secrets, count(distinct e.sequence) events
        from service_keys k join service_key_secrets s on s.key_id = k.id
        join audit_events e on e.subject_id = k.id where k.name = ${name}`
      expect([name, Number(row?.secrets), Number(row?.events)]).toEqual([name, 1, 1])
    }
  })

  /** Lets calls wait in the middle of their transaction, does something to them, and lets them go on. */
  async function whileWaiting(
    asked: () => Promise<Answered>,
    act: 'terminate' | 'cancel',
  ): Promise<Answered> {
    return sql.begin(async (tx) => {
      await tx`lock table audit_events in exclusive mode`
      const answer = asked()
      await until(async () => {
        const ended = await sql`select ${sql(`pg_${act}_backend`)}(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        return ended.length > 0
      })
      return answer
    })
  }

  test.each([
    ['cut', 'Cut'],
    [undefined, 'Cut without'],
  ])(
    "the database's, with the text %s: nothing was done, and the answer says how to go on",
    async (text, name) => {
      const headers: Record<string, string> = text === undefined ? {} : { 'Idempotency-Key': text }
      const create = () => ask(running.url, 'POST', path, { token, body: named(name), headers })
      const answer = await whileWaiting(create, 'terminate')
      expect([answer.status, answer.body.code]).toEqual([503, 'OUTCOME_UNKNOWN'])
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(answer.body.detail).toContain(text ? 'with the same Idempotency-Key' : 'Look with GET')
      expect(await countOf(name)).toBe(0)
      const again = await create()
      expect([again.status, replayed(again)]).toEqual([201, null])
      expect(dataOf(again).key).toMatch(/^kt_svc_/)
    },
  )

  test("the database's, at any moment, the last one too: asked until it is answered it is done once", async () => {
    const startedAt = performance.now()
    await send('unbroken', named('Unbroken'))
    const usualMs = performance.now() - startedAt
    const statuses = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const name = `Broken ${round}`
      const question = named(name)
      const answer = send(`broken ${round}`, question)
      await new Promise((resolve) => setTimeout(resolve, (usualMs * round) / 15))
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'keyturn'`
      const { status } = await answer
      statuses.add(status)
      expect([201, 503]).toContain(status)
      await until(async () => (await send(`broken ${round}`, question)).status === 201)
      const [row] = await sql`select count(*) keys,
          (select count(*) from service_key_secrets s where s.key_id = any(array_agg(k.id))) secrets,
          (select count(*) from audit_events e where e.subject_id = any(array_agg(k.id))) events
        from service_keys k where name = ${name}`
      expect([name, row?.keys, row?.secrets, row?.events]).toEqual([name, '1', '1', '1'])
    }
    expect(statuses).toContain(503)
  })

  test('a call that waited too long for others has changed nothing, and says so', async () => {
    const answer = await whileWaiting(() => send('slow', named('Slow')), 'cancel')
    expect([answer.status, answer.body.code]).toEqual([503, 'TOO_SLOW'])
    expect(answer.body.detail).toBe('Nothing was changed. Try again.')
    expect(await countOf('Slow')).toBe(0)
    expect((await send('slow', named('Slow'))).status).toBe(201)
  })
})
