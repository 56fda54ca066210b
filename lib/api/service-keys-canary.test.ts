import { createHash } from 'node:crypto'
import { text as readAll } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import type { SystemActor } from '@/lib/auth/actor'
import { parseKeyText } from '@/lib/keys/token'
import { generate } from '@/lib/service-keys/generate'
import { rotate } from '@/lib/service-keys/rotate'
import { keyInput } from '@/lib/service-keys/testing/service-keys'
import { insertOrganization, insertServiceKey } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import type { OpenApiDocument } from './reference/open-api'
import { type Answered, type Asking, ask } from './testing/ask'
import { newServiceKey, type ServiceKeyAnswer } from './testing/service-keys'
import { testApi } from './testing/test-api'
import { heldBy, spellingsOf } from './testing/traces'

const { sql, running } = await testApi()
const organizationId = await insertOrganization(sql)
const path = '/v1/service-keys'
/** Every key that was made, by whatever way. */
const keys: string[] = []
/** Answers other than those that show a key. */
const answers: Answered[] = []
let token: string

async function send(method: string, to: string, body?: unknown, more: Asking = {}): Promise<Answered> {
  const answer = await ask(running.url, method, to, { token, body, ...more })
  const { key } = (answer.body.data ?? {}) as Partial<ServiceKeyAnswer>
  if (typeof key === 'string') keys.push(key)
  else answers.push(answer)
  return answer
}

const dataOf = ({ body }: Answered) => body.data as ServiceKeyAnswer

beforeAll(async () => {
  const caller = await insertServiceKey(sql, organizationId)
  token = caller.text
  keys.push(token)
  await until(() => running.keeper.list.key(caller.id) !== undefined)
  await makeByVerbs()
  const made = await makeByCalls()
  await useAll()
  await misplaceAll(made)
  await readEverything(made)
  await running.lastUsed.flush()
  await running.requestLog.flush()
})

async function makeByVerbs(): Promise<void> {
  const actor: SystemActor = { kind: 'system', organizationId }
  const made = await generate(keyInput(), actor)
  if (!made.ok) throw new Error(made.reason)
  const { keyId, secretId } = made.value
  const rotated = await rotate({ keyId, secretId, overlapHours: 168 }, actor)
  if (!rotated.ok) throw new Error(rotated.reason)
  keys.push(made.value.key, rotated.value.key)
}

async function makeByCalls(): Promise<ServiceKeyAnswer> {
  const headers = { 'Idempotency-Key': 'canary' }
  const question = newServiceKey({ accessLevel: 'full' })
  const made = dataOf(await send('POST', path, question, { headers }))
  await send('POST', path, question, { headers })
  const rotate = (idempotencyKey: string, secretId: string) =>
    send(
      'POST',
      `${path}/${made.id}:rotate`,
      { secretId, overlapHours: 1 },
      { headers: { 'Idempotency-Key': idempotencyKey } },
    )
  const { secretId } = dataOf(await rotate('first', made.secretId))
  await rotate('first', made.secretId)
  await rotate('late', made.secretId)
  await send('PATCH', `${path}/${made.id}`, { name: 'Renamed' })
  const other = dataOf(await send('POST', path, newServiceKey()))
  await send('POST', `${path}/${other.id}:disable`)
  const gone = dataOf(await send('POST', path, newServiceKey()))
  await send('DELETE', `${path}/${gone.id}`)
  return { ...made, secretId }
}

/** Accepted, refused for what they are, and refused for what they may. */
async function useAll(): Promise<void> {
  for (const key of keys)
    for (const to of ['/v1/whoami', path]) {
      await send('GET', to, undefined, { token: key })
      await send('GET', to, undefined, { token: '', headers: { 'X-Api-Key': key } })
    }
}

/** People paste keys where none belong. */
async function misplaceAll({ id, secretId }: ServiceKeyAnswer): Promise<void> {
  for (const key of keys.slice(0, 3)) {
    const encoded = encodeURIComponent(encodeURIComponent(key.replace('_', '%5f')))
    for (const text of [key, `Bearer ${key}`, encoded]) {
      const inUrl = encodeURIComponent(text)
      for (const to of [
        `${path}/${inUrl}`,
        `${path}/${inUrl}:rotate`,
        `/${inUrl}`,
        `/v1/media/${inUrl}/content`,
      ]) {
        await send('GET', to)
        await send('POST', to, { secretId: text })
      }
      for (const to of [
        `${path}?name=${inUrl}`,
        `${path}?${inUrl}`,
        `${path}?cursor=${inUrl}`,
        `/v1/requests?keyId=${inUrl}`,
      ])
        await send('GET', to)
      for (const name of [
        'Idempotency-Key',
        'User-Agent',
        'X-Customer-Request-Id',
        'Content-Type',
        'X-Forwarded-For',
        'Referer',
      ])
        await send('POST', path, newServiceKey({ expiresAt: text }), { headers: { [name]: text } })
      await send('GET', path, undefined, { headers: { 'User-Agent': text } })
      await send('PATCH', `${path}/${id}`, { name: 'Named' }, { headers: { 'User-Agent': text } })
      for (const member of ['name', 'accessLevel', 'expiresAt', 'customerRequestId', 'description', text])
        await send(
          'POST',
          path,
          newServiceKey({ [member]: text, ...(member === 'expiresAt' ? {} : { expiresAt: 'x' }) }),
        )
      await send('POST', path, newServiceKey({ serviceUser: { name: text } }))
      await send('POST', path, newServiceKey({ serviceUser: { [text]: 'x' } }))
      await send('POST', path, newServiceKey({ allowedRanges: [text] }))
      await send('POST', path, text)
      await send('POST', path, JSON.stringify(newServiceKey({ name: text })).replace('kt_', '\\u006bt_'))
      await send('PATCH', `${path}/${id}`, { name: text })
      await send('POST', `${path}/${id}:rotate`, { secretId, overlapHours: text })
      await send('POST', `${path}/${id}:rotate?secretId=${inUrl}`, { secretId })
      for (const method of ['GET', 'POST'])
        await send(method, '/v1/authz/forward-auth', undefined, {
          headers: { 'X-Forwarded-Method': 'GET', 'X-Forwarded-Uri': `/orders/${text}?key=${text}` },
        })
      await send('POST', '/v1/keys:verify', { key })
    }
  }
}

/** All that the API reads out, of everything that there is by then. */
async function readEverything({ id }: ServiceKeyAnswer): Promise<void> {
  const document = (await send('GET', '/openapi.json')).body as unknown as OpenApiDocument
  const parts: Record<string, string> = { id, path: 'orders' }
  for (const [template, operations] of Object.entries(document.paths)) {
    if (!operations.get) continue
    const to = template.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole)
    await send('GET', to)
  }
  await send('GET', '/v1/requests?limit=200')
  await send('GET', `${path}?limit=200`)
}

test('the canary sings: there are keys to look for, and a text that holds one is seen', () => {
  expect(keys).toHaveLength(7)
  expect(new Set(keys).size).toBe(7)
  for (const key of keys) {
    expect(parseKeyText(key)).toBe('svc')
    const bytes = Buffer.from(`${'x'.repeat(keys.indexOf(key))}${key}`)
    for (const text of [
      `"${key}"`,
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ])
      expect(heldBy(text, keys)).toEqual([key])
    expect(heldBy(createHash('sha256').update(key).digest('hex'), keys)).toEqual([])
    for (const spelling of spellingsOf(key)) expect(spelling.length).toBeGreaterThan(25)
  }
})

test('no table holds a key, as text or bytes', async () => {
  const tables = await sql`select table_name as name from information_schema.tables
    where table_schema in ('public', 'drizzle') and table_type = 'BASE TABLE'`
  const seen: Record<string, number> = {}
  for (const { name } of tables) {
    const schema = name.startsWith('__drizzle') ? 'drizzle' : 'public'
    const dump = await readAll(
      await sql`copy (select * from ${sql(`${schema}.${name}`)}) to stdout`.readable(),
    )
    expect([name, heldBy(dump, keys)]).toEqual([name, []])
    // Bytes are hexadecimal in a dump; texts within them are seen as texts, too.
    const bytes = [...dump.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').toString('latin1'),
    )
    expect([name, heldBy(bytes.join('\n'), keys)]).toEqual([name, []])
    seen[name] = dump.length
  }
  for (const name of [
    'service_keys',
    'service_key_secrets',
    'service_key_uses',
    'idempotency_keys',
    'audit_events',
  ])
    expect([name, seen[name] ?? 0]).not.toEqual([name, 0])
  const [logged] = await sql`select count(*) from requests`
  expect(Number(logged?.count)).toBeGreaterThan(100)
})

test('no line of the log holds one', () => {
  expect(heldBy(running.logged(), keys)).toEqual([])
  expect(running.lines().length).toBeGreaterThan(100)
})

test('no answer holds one but that which shows it, and none of those twice', () => {
  expect(answers.length).toBeGreaterThan(100)
  for (const { text, headers } of answers) {
    expect([text, heldBy(text, keys)]).toEqual([text, []])
    // What a caller sends as its own id of the request is echoed, unless it holds a key.
    expect(heldBy(JSON.stringify([...headers]), keys)).toEqual([])
  }
})

test('nothing that was misplaced did any harm', async () => {
  const named = await sql`select name from service_keys where name like '%kt_svc%'
    union all select name from service_users where name like '%kt_svc%'`
  expect(named).toHaveLength(0)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
})
