import { beforeAll, describe, expect, test } from 'vitest'
import { insertOrganization, insertServiceKey, type TestServiceKeyFacts } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { type Answered, ask } from './testing/ask'
import { newServiceKey, type ServiceKeyAnswer } from './testing/service-keys'
import { testApi } from './testing/test-api'

const { sql, running } = await testApi()
const organizationId = await insertOrganization(sql)
const path = '/v1/service-keys'
const hour = 3_600_000
let token: string

beforeAll(async () => {
  token = await callerWith()
})

async function callerWith(facts: TestServiceKeyFacts = {}): Promise<string> {
  const { id, text } = await insertServiceKey(sql, organizationId, facts)
  await until(() => running.keeper.list.key(id) !== undefined)
  return text
}

const send = (method: string, to = '', body?: unknown, by = token): Promise<Answered> =>
  ask(running.url, method, path + to, { token: by, body })
const dataOf = ({ body }: Answered) => body.data as ServiceKeyAnswer
const made = async (given = {}, by = token) => dataOf(await send('POST', '', newServiceKey(given), by))
const whoamiWith = async (text: string | null) =>
  (await ask(running.url, 'GET', '/v1/whoami', { token: text ?? '' })).status
const untilWhoami = (text: string | null, status: number) =>
  until(async () => (await whoamiWith(text)) === status)

describe('create', () => {
  test('answers the key once, with everything that it is', async () => {
    const expiresAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + hour)
    const answer = await send(
      'POST',
      '',
      newServiceKey({
        serviceUser: { name: 'Billing' },
        allowedRanges: ['127.0.0.1', '127.0.0.1/32', '2001:DB8::/32'],
        expiresAt: expiresAt.toISOString(),
      }),
    )
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { key, ...rest } = dataOf(answer)
    expect(key).toMatch(/^kt_svc_[0-9A-Za-z]{38}$/)
    expect(rest).toEqual({
      id: expect.stringMatching(/^key_/),
      name: 'Billing sync',
      serviceUser: { id: expect.stringMatching(/^su_/), name: 'Billing' },
      masked: `${key?.slice(0, 11)}…${key?.slice(-4)}`,
      secretId: expect.stringMatching(/^sec_/),
      accessLevel: 'read',
      allowedRanges: ['127.0.0.1/32', '2001:db8::/32'],
      state: 'active',
      expiresAt: `${expiresAt.toISOString().slice(0, 19)}Z`,
      createdAt: expect.stringMatching(/Z$/),
      createdBy: 'Billing sync',
      changedAt: expect.stringMatching(/Z$/),
      lastUse: null,
      lastRefusal: null,
      overlapEndsAt: null,
    })
    expect(dataOf(await send('GET', `/${rest.id}`))).toEqual(rest)
    await untilWhoami(key, 200)
  })

  test('a service user is taken by its id, or by its name whatever its case', async () => {
    const { serviceUser } = await made({ serviceUser: { name: 'Warehouse' } })
    expect((await made({ serviceUser: { id: serviceUser.id } })).serviceUser).toEqual(serviceUser)
    expect((await made({ serviceUser: { name: 'WAREHOUSE' } })).serviceUser).toEqual(serviceUser)
  })

  test("a service user of another organization is none, exactly as one that is nobody's", async () => {
    const other = await insertServiceKey(sql, await insertOrganization(sql))
    for (const id of [other.serviceUser.id, `su_${'0'.repeat(22)}`]) {
      const answer = await send('POST', '', newServiceKey({ serviceUser: { id } }))
      expect([answer.status, answer.body.title]).toEqual([404, 'There is no such service user'])
    }
  })

  test('an eleventh key of a service user is refused, by name, and fits when one is deleted', async () => {
    const serviceUser = { name: 'Crowded' }
    const ids: string[] = []
    for (let n = 0; n < 10; n++) ids.push((await made({ serviceUser })).id)
    const answer = await send('POST', '', newServiceKey({ serviceUser }))
    expect([answer.status, answer.body.code]).toEqual([409, 'TOO_MANY_KEYS'])
    expect(answer.body.detail).toContain('"Crowded" has 10')
    await send('DELETE', `/${ids[0]}`)
    expect((await send('POST', '', newServiceKey({ serviceUser }))).status).toBe(201)
  })

  test('of 100 at once for one service user ten are made', async () => {
    const body = newServiceKey({ serviceUser: { name: 'Stampede' } })
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('POST', '', body)))
    const counts = Object.groupBy(answers, ({ status }) => String(status))
    expect([counts[201]?.length, counts[409]?.length]).toEqual([10, 90])
  })
})

describe('what is not well-formed is refused by name: 400', () => {
  const past = '2025-11-23T12:44:11Z'
  test.each<[string, unknown, string]>([
    ['no body', undefined, 'Body: it is missing; send a JSON object.'],
    ['a list', [], 'Body: it must be an object, { … }.'],
    ['no JSON', '{"name":', 'Body: it is not JSON.'],
    ['a member twice', '{"name":"a","name":"b"}', 'Body: an object has the same member twice.'],
    ['no name', newServiceKey({ name: undefined }), 'Body: name: Enter a name.'],
    ['a name of blanks', newServiceKey({ name: ' \t' }), 'Body: name: Enter a name.'],
    ['a name too long', newServiceKey({ name: 'x'.repeat(101) }), 'Body: name: Use 100 characters at most.'],
    [
      'a level that is none',
      newServiceKey({ accessLevel: 'Full' }),
      'Body: accessLevel: must be one of read, read-write, full.',
    ],
    [
      'no ranges',
      newServiceKey({ allowedRanges: undefined }),
      'Body: allowedRanges: must be a list of IP ranges; empty: any address.',
    ],
    [
      'ranges in a text',
      newServiceKey({ allowedRanges: '10.0.0.0/8' }),
      'Body: allowedRanges: must be a list of IP ranges; empty: any address.',
    ],
    [
      'a range that is none',
      newServiceKey({ allowedRanges: ['10.0.0.0/8', '10.0.0.0/33'] }),
      'Body: allowedRanges.1: ',
    ],
    ['host bits', newServiceKey({ allowedRanges: ['10.0.0.1/8'] }), 'Body: allowedRanges.0: '],
    [
      '101 ranges',
      newServiceKey({ allowedRanges: Array.from({ length: 101 }, (_, n) => `10.0.0.${n}`) }),
      'Body: allowedRanges: must have 100 ranges at most.',
    ],
    [
      'a service user that is a text',
      newServiceKey({ serviceUser: 'Billing' }),
      'Body: serviceUser: must be either',
    ],
    [
      'a service user of id and name',
      newServiceKey({ serviceUser: { id: `su_${'0'.repeat(22)}`, name: 'B' } }),
      'Body: serviceUser: must be either',
    ],
    [
      'no end',
      newServiceKey({ expiresAt: undefined }),
      'Body: expiresAt: must be a time such as 2026-12-31T23:59:59Z, or null: never.',
    ],
    [
      'an end without a zone',
      newServiceKey({ expiresAt: '2099-01-01T12:00:00' }),
      'Body: expiresAt: must be a time such as 2026-12-31T23:59:59Z, with its zone.',
    ],
    [
      'an end without seconds',
      newServiceKey({ expiresAt: '2099-01-01T12:00Z' }),
      'Body: expiresAt: must be a time',
    ],
    ['a day', newServiceKey({ expiresAt: '2099-01-01' }), 'Body: expiresAt: must be a time'],
    [
      'no time of day',
      newServiceKey({ expiresAt: '2099-01-01T24:61:00Z' }),
      'Body: expiresAt: must be a time',
    ],
    [
      'no day of the calendar',
      newServiceKey({ expiresAt: '2099-02-30T12:00:00Z' }),
      'Body: expiresAt: must be a time',
    ],
    ['a number', newServiceKey({ expiresAt: 4_070_908_800 }), 'Body: expiresAt: must be a time'],
    [
      'an end too far',
      newServiceKey({ expiresAt: '9999-06-01T00:00:00Z' }),
      'Body: expiresAt: must be before the year 9999.',
    ],
    [
      'an end that has passed',
      newServiceKey({ expiresAt: past }),
      'Body: expiresAt: Choose a date and time that is still to come.',
    ],
  ])('%s', async (_, body, detail) => {
    const answer = await send('POST', '', body)
    expect([answer.status, answer.body.code]).toEqual([400, 'BAD_REQUEST'])
    expect(answer.body.detail?.slice(0, detail.length)).toBe(detail)
  })

  test('members that nobody may set are no members: 400, and nothing is made', async () => {
    const [before] = await sql`select count(*) from service_keys`
    for (const name of [
      ...['id', 'organizationId', 'createdBy', 'createdByKeyId', 'createdAt', 'deletedAt', 'disabledAt'],
      ...['changedAt', 'key', 'secretId', 'state', 'serviceUserId', 'constructor', 'allowed_ranges'],
    ]) {
      const answer = await send('POST', '', newServiceKey({ [name]: 'x' }))
      expect([answer.status, answer.body.detail]).toEqual([400, `Body: there is no member "${name}" here.`])
    }
    const hidden = JSON.stringify(newServiceKey()).replace('{', '{"__proto__":{"accessLevel":"full"},')
    expect((await send('POST', '', hidden)).status).toBe(400)
    const [after] = await sql`select count(*) from service_keys`
    expect(after).toEqual(before)
  })

  test('a body of another type, compressed, or beyond 16 kB', async () => {
    const asked = (headers: Record<string, string>, body: unknown = newServiceKey()) =>
      ask(running.url, 'POST', path, { token, body, headers })
    expect((await asked({ 'Content-Type': 'text/plain' })).status).toBe(400)
    expect((await asked({ 'Content-Encoding': 'gzip' })).status).toBe(400)
    expect((await asked({}, newServiceKey({ name: 'x'.repeat(20_000) }))).status).toBe(413)
  })

  test('a parameter that is none, or that comes twice', async () => {
    for (const query of ['?name=x', '?customerRequestId=a&customerRequestId=b'])
      expect((await send('POST', query, newServiceKey())).status).toBe(400)
  })

  test("the customer's id of the request may stand in the body, and changes nothing else", async () => {
    const answer = await send('POST', '', { ...newServiceKey(), customerRequestId: 'order-1' })
    expect([answer.status, answer.headers.get('x-customer-request-id')]).toEqual([201, 'order-1'])
    const disabled = await send('POST', `/${dataOf(answer).id}:disable`, { customerRequestId: 'order-2' })
    expect([disabled.status, disabled.headers.get('x-customer-request-id')]).toEqual([200, 'order-2'])
  })
})

describe('change', () => {
  test('what is named changes, the rest stays', async () => {
    const { id, key: _, ...before } = await made({ accessLevel: 'read', allowedRanges: ['10.0.0.0/8'] })
    const renamed = dataOf(await send('PATCH', `/${id}`, { name: 'CRM export' }))
    expect(renamed).toMatchObject({ ...before, name: 'CRM export', changedAt: expect.any(String) })
    const opened = dataOf(await send('PATCH', `/${id}`, { accessLevel: 'full', allowedRanges: [] }))
    expect(opened).toMatchObject({ name: 'CRM export', accessLevel: 'full', allowedRanges: [] })
  })

  test('two who change different things at once both find theirs in the end', async () => {
    const { id } = await made()
    const answers = await Promise.all([
      send('PATCH', `/${id}`, { name: 'Renamed' }),
      send('PATCH', `/${id}`, { accessLevel: 'read-write' }),
      send('PATCH', `/${id}`, { allowedRanges: ['10.0.0.0/8'] }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(dataOf(await send('GET', `/${id}`))).toMatchObject({
      name: 'Renamed',
      accessLevel: 'read-write',
      allowedRanges: ['10.0.0.0/8'],
    })
  })

  test.each([
    ['expiresAt', 'a key keeps the end'],
    ['serviceUser', 'a key stays with its service user'],
    ['key', 'only POST …:rotate'],
    ['secretId', 'only POST …:rotate'],
    ['state', 'use POST …:enable'],
    ['id', 'it is a fact'],
    ['createdBy', 'it is a fact'],
  ])('%s is final, and the answer says so', async (name, why) => {
    const { id } = await made()
    for (const value of [null, '2099-01-01T00:00:00Z', {}]) {
      const answer = await send('PATCH', `/${id}`, { name: 'x', [name]: value })
      expect([answer.status, answer.body.detail]).toEqual([
        400,
        expect.stringContaining(`${name} is final: ${why}`),
      ])
    }
    expect(dataOf(await send('GET', `/${id}`)).name).toBe('Billing sync')
  })

  test('what is no member of a key, and nothing at all, are refused', async () => {
    const { id } = await made()
    for (const [body, detail] of [
      [{ organizationId: 'x' }, 'Body: there is no member "organizationId" here.'],
      [{ toString: 'x' }, 'Body: there is no member "toString" here.'],
      [{}, 'Body: send what is to be changed: name, accessLevel or allowedRanges.'],
      [{ customerRequestId: 'x' }, 'Body: send what is to be changed: name, accessLevel or allowedRanges.'],
    ] as const)
      expect((await send('PATCH', `/${id}`, body)).body.detail).toBe(detail)
  })
})

describe('rotate', () => {
  test('without overlap only the new secret works, within a second', async () => {
    const { id, secretId, key, ...before } = await made()
    await untilWhoami(key, 200)
    const answer = await send('POST', `/${id}:rotate`, { secretId })
    const after = dataOf(answer)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(after).toMatchObject({ ...before, id, masked: expect.any(String), overlapEndsAt: null })
    expect(after.key).not.toBe(key)
    expect(after.secretId).not.toBe(secretId)
    await until(async () => (await whoamiWith(after.key)) === 200 && (await whoamiWith(key)) === 401, 1_000)
  })

  test('with overlap both work, and the answer says until when', async () => {
    const { id, secretId, key } = await made()
    const after = dataOf(await send('POST', `/${id}:rotate`, { secretId, overlapHours: 168 }))
    expect(Date.parse(after.overlapEndsAt ?? '') - Date.now()).toBeGreaterThan(167 * hour)
    await untilWhoami(after.key, 200)
    expect(await whoamiWith(key)).toBe(200)
  })

  test('from a secret that is not the current one any more: told who was first, and when', async () => {
    const { id, secretId } = await made()
    const statuses = await Promise.all(
      Array.from({ length: 5 }, () => send('POST', `/${id}:rotate`, { secretId })),
    )
    const lost = statuses.filter(({ status }) => status === 409)
    expect(lost).toHaveLength(4)
    for (const { body } of lost)
      expect(body).toMatchObject({
        code: 'ALREADY_ROTATED',
        rotatedBy: 'Billing sync',
        rotatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      })
  })

  test.each([
    [{}, 'secretId: Name a secret by its id.'],
    [{ secretId: 'sec_1' }, 'secretId: Name a secret by its id.'],
    [{ secretId: `sec_${'0'.repeat(22)}`, overlapHours: -1 }, 'overlapHours: Enter 0 to 168 hours.'],
    [{ secretId: `sec_${'0'.repeat(22)}`, overlapHours: 169 }, 'overlapHours: Enter 0 to 168 hours.'],
    [{ secretId: `sec_${'0'.repeat(22)}`, overlapHours: 0.5 }, 'overlapHours: Enter whole hours.'],
    [{ secretId: `sec_${'0'.repeat(22)}`, overlapHours: '24' }, 'overlapHours: Enter a number of hours.'],
  ])('%j: 400', async (body, detail) => {
    const { id } = await made()
    const answer = await send('POST', `/${id}:rotate`, body)
    expect([answer.status, answer.body.detail]).toEqual([400, `Body: ${detail}`])
  })
})

describe('enable, disable, delete', () => {
  test('a disabled key is refused within a second, and accepted again within a second', async () => {
    const { id, key } = await made()
    await untilWhoami(key, 200)
    expect(dataOf(await send('POST', `/${id}:disable`)).state).toBe('disabled')
    await until(async () => (await whoamiWith(key)) === 401, 1_000)
    expect((await send('POST', `/${id}:disable`)).body.code).toBe('ALREADY_DISABLED')
    expect(dataOf(await send('POST', `/${id}:enable`)).state).toBe('active')
    await until(async () => (await whoamiWith(key)) === 200, 1_000)
    expect((await send('POST', `/${id}:enable`)).body.code).toBe('ALREADY_ENABLED')
  })

  test('a deleted key is refused within a second, and is nowhere any more', async () => {
    const { id, key, secretId } = await made()
    await untilWhoami(key, 200)
    expect((await send('DELETE', `/${id}`)).body.data).toEqual({ id, deletedAt: expect.stringMatching(/Z$/) })
    await until(async () => (await whoamiWith(key)) === 401, 1_000)
    for (const [method, to, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['POST', ':rotate', { secretId }],
      ['POST', ':enable', undefined],
      ['POST', ':disable', undefined],
    ] as const)
      expect([to, (await send(method, `/${id}${to}`, body)).body.code]).toEqual([to, 'NOT_FOUND'])
  })

  test('expired is final: only deleting is left', async () => {
    const createdAt = new Date(Date.now() - 2 * hour)
    const facts = { createdAt, expiresAt: new Date(Date.now() - hour) }
    const { id } = await insertServiceKey(sql, organizationId, facts)
    const { state, secretId } = dataOf(await send('GET', `/${id}`))
    expect(state).toBe('expired')
    for (const [method, to, body] of [
      ['PATCH', '', { name: 'x' }],
      ['POST', ':rotate', { secretId }],
      ['POST', ':enable', undefined],
      ['POST', ':disable', undefined],
    ] as const) {
      const answer = await send(method, `/${id}${to}`, body)
      expect([to, answer.status, answer.body.code]).toEqual([to, 409, 'KEY_EXPIRED'])
    }
    expect((await send('DELETE', `/${id}`)).status).toBe(200)
  })
})
