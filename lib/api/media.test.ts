import { createHash, randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { base64Length } from '@/lib/media/limit'
import { fileOf } from '@/lib/media/testing/files'
import { insertKey, insertOrganization, secretOf } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { sendRaw } from './testing/raw-http'
import { testApi } from './testing/test-api'

let clock: number | null = null
const { sql, running, signer, key } = await testApi({ now: () => clock ?? Date.now() })
const foreign = await insertKey(sql, await insertOrganization(sql, { name: 'Contoso' }))
const token = secretOf(key, signer)
const realLimitBytes = 5_242_880

const entry = () => running.keeper.list.key(key.id)?.organization
async function setLimit(bytes: number): Promise<void> {
  await sql`update organizations set media_limit_bytes = ${bytes}, temporary_media_limit_bytes = null,
    temporary_media_limit_ends_at = null where id = ${key.organizationId}`
  await until(() => entry()?.mediaLimitBytes === bytes && entry()?.temporaryMediaLimitEndsAt === null)
}
const upload = (body: string | Buffer, headers: Record<string, string> = {}, query = '') =>
  fetch(`${running.url}/v1/media${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: body as string,
  })
const bodyOf = (file: Buffer | string, more: object = {}) =>
  JSON.stringify({
    fileName: 'photo.png',
    contentType: 'image/png',
    data: typeof file === 'string' ? file : file.toString('base64'),
    ...more,
  })
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(running.url + path, { method, headers: { authorization: `Bearer ${token}`, ...headers } })
const stored = async () => Number((await sql`select count(*) from media`)[0]?.count)

async function expectTooLarge(response: Response, limitBytes: number, actualBytes: number): Promise<void> {
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({
    code: 'MEDIA_TOO_LARGE',
    limitBytes,
    limitBase64Bytes: base64Length(limitBytes),
    actualBytes,
    actualBase64Bytes: base64Length(actualBytes),
    isActualWhole: true,
  })
}

describe('a file', () => {
  test('is stored, described, and comes back byte by byte', async () => {
    const file = Buffer.concat([fileOf(64), randomBytes(700_000)])
    const response = await upload(bodyOf(file, { fileName: 'Grüße 1.png' }))
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { data, meta } = await response.json()
    const sha256 = createHash('sha256').update(file).digest('hex')
    expect(data).toEqual({
      id: expect.stringMatching(/^med_\w{22}$/),
      bytes: file.length,
      sha256,
      createdAt: expect.stringMatching(/Z$/),
    })
    expect(meta.requestId).toBe(response.headers.get('x-request-id'))

    const metadata = await (await get(`/v1/media/${data.id}`)).json()
    expect(metadata.data).toEqual({ ...data, fileName: 'Grüße 1.png', contentType: 'image/png' })

    const content = await get(`/v1/media/${data.id}/content`)
    expect(content.status).toBe(200)
    expect(Buffer.from(await content.arrayBuffer()).equals(file)).toBe(true)
    const expected = {
      'content-type': 'image/png',
      'content-length': String(file.length),
      'content-disposition': `attachment; filename="Gr__e 1.png"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%201.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      etag: `"${sha256}"`,
    }
    const head = await get(`/v1/media/${data.id}/content`, {}, 'HEAD')
    for (const answer of [content, head]) expect(Object.fromEntries(answer.headers)).toMatchObject(expected)
    expect(await head.text()).toBe('')

    for (const tag of [`"${sha256}"`, `W/"${sha256}"`, `"other", "${sha256}"`, '*']) {
      const known = await get(`/v1/media/${data.id}/content`, { 'if-none-match': tag })
      expect([known.status, await known.text()]).toEqual([304, ''])
    }
    expect((await get(`/v1/media/${data.id}/content`, { 'if-none-match': '"other"' })).status).toBe(200)
    const pieces = await sql`select length(data) as bytes from media_chunks where media_id = ${data.id}`
    for (const { bytes } of pieces) expect(bytes).toBeLessThanOrEqual(262_144)
  })

  test('of another organization looks like an absent one', async () => {
    const { data } = await (await upload(bodyOf(fileOf(100)))).json()
    const authorization = `Bearer ${secretOf(foreign, signer)}`
    for (const more of ['', '/content']) {
      const answers = await Promise.all([
        get(`/v1/media/${data.id}${more}`, { authorization }),
        get(`/v1/media/med_${'0'.repeat(22)}${more}`, { authorization }),
      ])
      const [other, absent] = await Promise.all(
        answers.map(async (answer) => ({ ...(await answer.json()), requestId: '' })),
      )
      expect(other).toEqual(absent)
      expect(other).toMatchObject({ status: 404, code: 'NOT_FOUND' })
      expect((await get(`/v1/media/${data.id}${more}`)).status).toBe(200)
    }
  })

  test('counts as a use of the key', async () => {
    await sql`delete from key_uses`
    await upload(bodyOf(fileOf(100)))
    await running.lastUsed.flush()
    expect(await sql`select 1 from key_uses where key_id = ${key.id}`).toHaveLength(1)
  })
})

describe('the limit counts decoded bytes', () => {
  test.each([1_000, 1_001, 1_002, 300_000])('%i: one less, just as many, one more', async (limitBytes) => {
    await setLimit(limitBytes)
    for (const bytes of [limitBytes - 1, limitBytes])
      expect((await upload(bodyOf(fileOf(bytes)))).status).toBe(201)
    const before = await stored()
    await expectTooLarge(await upload(bodyOf(fileOf(limitBytes + 1))), limitBytes, limitBytes + 1)
    await expectTooLarge(await upload(bodyOf(fileOf(limitBytes * 3))), limitBytes, limitBytes * 3)
    expect(await stored()).toBe(before)
  })

  test('the real one of 5 MiB, in words too', async () => {
    await setLimit(realLimitBytes)
    for (const bytes of [realLimitBytes - 1, realLimitBytes])
      expect((await upload(bodyOf(fileOf(bytes)))).status).toBe(201)
    const response = await upload(bodyOf(fileOf(realLimitBytes + 1)))
    expect((await response.clone().json()).detail).toBe(
      'The file has 5 MiB (5,242,881 bytes), 6.7 MiB as Base64 (6,990,508 characters). ' +
        'The limit is 5 MiB (5,242,880 bytes), 6.7 MiB as Base64 (6,990,508 characters). ' +
        'An admin can request a larger one under Settings > API > Media.',
    )
    await expectTooLarge(response, realLimitBytes, realLimitBytes + 1)
  })

  test('far beyond it counting stops, and the answer says "more than"', async () => {
    await setLimit(1_000)
    const response = await upload(bodyOf(fileOf(3_000_000)))
    expect(response.status).toBe(413)
    const problem = await response.json()
    expect(problem).toMatchObject({ limitBytes: 1_000, isActualWhole: false })
    expect(problem.actualBytes).toBeGreaterThan(4 * 1_000 + 1_048_576)
    expect(problem.detail).toContain('more than 1')
  })

  test('a temporary limit ends at its exact moment', async () => {
    await setLimit(1_000)
    const endsAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 60_000)
    await sql`update organizations set temporary_media_limit_bytes = 2000,
      temporary_media_limit_ends_at = ${endsAt} where id = ${key.organizationId}`
    await until(() => entry()?.temporaryMediaLimitEndsAt === endsAt.getTime())
    clock = endsAt.getTime() - 1
    expect((await upload(bodyOf(fileOf(2_000)))).status).toBe(201)
    clock = endsAt.getTime()
    await expectTooLarge(await upload(bodyOf(fileOf(2_000))), 1_000, 2_000)
    clock = null
  })
})

describe('headers do not decide how much is read', () => {
  const head = (lines: string[]) =>
    `${['POST /v1/media HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${token}`, 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`
  const chunked = (body: string, bytes: number) =>
    `${(body.match(new RegExp(`[^]{1,${bytes}}`, 'g')) ?? []).map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`
  const send = (lines: string[], body: string) => sendRaw(running.port, [head(lines), body])

  test.each([1, 7, 1_000])('chunked by %i', async (bytes) => {
    await setLimit(1_000)
    const lines = ['Transfer-Encoding: chunked', 'Connection: close']
    expect((await send(lines, chunked(bodyOf(fileOf(1_000)), bytes))).status).toBe(201)
    const answer = await send(lines, chunked(bodyOf(fileOf(1_001)), bytes))
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.body)).toMatchObject({ limitBytes: 1_000, actualBytes: 1_001 })
  })

  test('a Content-Length that is too small ends the body, which is no JSON then', async () => {
    const before = await stored()
    const body = bodyOf(fileOf(900))
    expect((await send([`Content-Length: ${body.length - 20}`], body)).status).toBe(400)
    expect(await stored()).toBe(before)
  })

  test('a Content-Length that is too large waits for the rest; who hangs up then leaves nothing behind', async () => {
    const before = await stored()
    const body = bodyOf(fileOf(900))
    const seen = running.lines().length
    const socket = connect(running.port, '127.0.0.1')
    socket.write(head([`Content-Length: ${body.length + 1}`]) + body)
    await until(() => socket.bytesWritten > body.length)
    await sleep(100)
    expect(running.lines()).toHaveLength(seen)
    socket.destroy()
    await until(() => running.lines().length > seen)
    expect(running.lines().at(-1)).toMatchObject({ status: 499, path: '/v1/media', keyId: key.id })
    expect(await stored()).toBe(before)
  })

  test('a limit does not shrink by what is announced', async () => {
    await setLimit(1_000)
    const body = bodyOf(fileOf(1_001))
    expect((await send([`Content-Length: ${body.length}`, 'Connection: close'], body)).status).toBe(413)
  })
})

describe('what is refused', () => {
  const png = fileOf(300).toString('base64')
  const body = (members: object) =>
    JSON.stringify({ fileName: 'a.png', contentType: 'image/png', data: png, ...members })

  test.each<[string, string, string]>([
    ['URL-safe', png.replaceAll('/', '_').replaceAll('+', '-'), 'URL-safe'],
    ['a data URL', `data:image/png;base64,${png}`, '"data:"'],
    ['line breaks', `${png.slice(0, 76)}\r\n${png.slice(76)}`, 'line break after 76 characters'],
    ['another character', `${png.slice(0, 9)}!${png.slice(10)}`, 'after 9 characters'],
    ['cut off', png.slice(0, -1), 'padding'],
    ['nothing', '', 'empty'],
  ])('data: %s', async (_, data, words) => {
    await setLimit(1_000)
    const response = await upload(body({ data }))
    expect(response.status).toBe(400)
    const problem = await response.json()
    expect(problem.code).toBe('INVALID_BASE64')
    expect(problem.detail).toContain(words)
  })

  test.each<[string, string | Buffer, number]>([
    ['nothing', '', 400],
    ['not JSON', 'data=x', 400],
    ['cut off', body({}).slice(0, -1), 400],
    ['a list', '[]', 400],
    ['no data', JSON.stringify({ fileName: 'a', contentType: 'image/png' }), 400],
    ['data a number', body({ data: 5 }), 400],
    ['data nested', body({ data: { data: png } }), 400],
    ['an unknown member', body({ organizationId: foreign.organizationId }), 400],
    ['__proto__', body({}).replace('{', '{"__proto__":{},'), 400],
    ['data twice', body({}).replace('{', `{"data":"${png}",`), 400],
    ['data twice, escaped', body({}).replace('{', `{"\\u0064ata":"${png}",`), 400],
    ['a byte order mark', `\ufeff${body({})}`, 400],
    ['UTF-16', Buffer.from(body({}), 'utf16le'), 400],
    ['a lone surrogate', body({}).replace('a.png', '\\ud800'), 400],
    ['deep nesting', body({}).replace('"a.png"', '['.repeat(5_000) + ']'.repeat(5_000)), 400],
    ['17 kB beside the content', body({ fileName: 'a'.repeat(17_000) }), 400],
    ['a name with a path', body({ fileName: '../a.png' }), 400],
    ['a name with a line break', body({ fileName: 'a\r\nb' }), 400],
    ['SVG', body({ contentType: 'image/svg+xml' }), 415],
    ['another type than it has', body({ contentType: 'image/jpeg' }), 422],
    ['HTML as PNG', body({ data: Buffer.from('<script>').toString('base64') }), 422],
  ])('%s', async (_, text, status) => {
    const before = await stored()
    const response = await upload(text)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    if (status === 415)
      expect(await response.json()).toMatchObject({ allowed: expect.arrayContaining(['image/png']) })
    if (status === 422)
      expect((await response.json()).detail).toMatch(/but the file begins like (image\/png|no type)/)
    expect(await stored()).toBe(before)
  })

  test('another content type, and a compressed body', async () => {
    expect((await upload(body({}), { 'content-type': 'multipart/form-data' })).status).toBe(400)
    expect((await upload(body({}), { 'content-encoding': 'gzip' })).status).toBe(400)
    expect((await upload(body({}), {}, '?a=1')).status).toBe(400)
  })

  test('but every spelling of JSON is understood', async () => {
    const spelled = [
      body({}).replaceAll('/', '\\/'),
      body({}).replaceAll('+', '\\u002B'),
      body({}).replace('"data"', '"\\u0064ata"'),
      JSON.stringify(JSON.parse(body({})), null, 4),
      `{"data":"${png}","contentType":"IMAGE/PNG","fileName":"😀.png"}`,
    ]
    for (const text of spelled) {
      const response = await upload(text)
      expect(response.status).toBe(201)
      expect((await response.json()).data.sha256).toBe(createHash('sha256').update(fileOf(300)).digest('hex'))
    }
  })
})

describe('a stranger is refused before anything of the body is read', () => {
  const large = bodyOf(fileOf(realLimitBytes))

  test('and can still read the answer', async () => {
    const response = await upload(large, { authorization: 'Bearer x' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'INVALID_TOKEN' })
  })

  test('one who asks first is not asked for it', async () => {
    const answer = await sendRaw(
      running.port,
      `POST /v1/media HTTP/1.1\r\nHost: a\r\nContent-Length: ${large.length}\r\nExpect: 100-continue\r\n\r\n`,
    )
    expect(answer.status).toBe(401)
    expect(answer.headers.get('connection')).toBe('close')
  })

  test('one who sends everything at once is not cut off before it has the answer', async () => {
    const answer = await sendRaw(running.port, [
      `POST /v1/media HTTP/1.1\r\nHost: a\r\nContent-Length: ${large.length}\r\n\r\n`,
      large.slice(0, 900_000),
    ])
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body).code).toBe('UNAUTHENTICATED')
  })
})

test('a customer with a key is asked for the rest when it waits for that', async () => {
  await setLimit(realLimitBytes)
  const body = bodyOf(fileOf(1_000))
  const answer = await sendRaw(running.port, [
    `POST /v1/media HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    body,
  ])
  expect(answer.head).toBe('HTTP/1.1 100 Continue')
  expect(answer.body).toMatch(/^HTTP\/1.1 201/)
})

test("the customer's id comes from header, query string or body", async () => {
  const echoed = async (field: unknown, headers = {}, query = '') => {
    const response = await upload(bodyOf(fileOf(100), { customerRequestId: field }), headers, query)
    expect(response.status).toBe(201)
    return response.headers.get('x-customer-request-id')
  }
  expect(await echoed('body')).toBe('body')
  expect(await echoed('body', {}, '?customerRequestId=query')).toBe('query')
  expect(await echoed('body', { 'x-customer-request-id': 'header' })).toBe('header')
  for (const bad of [1, null, {}, 'a\r\nb', 'x'.repeat(129)]) expect(await echoed(bad)).toBeNull()
  const refused = await upload(bodyOf('!', { customerRequestId: 'refused' }))
  expect(refused.headers.get('x-customer-request-id')).toBe('refused')
})
