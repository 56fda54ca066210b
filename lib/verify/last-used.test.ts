import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import type { Code } from './code'
import type { KeyEntry } from './entries'
import { LastUsed } from './last-used'
import { keyEntry, organizationEntry, serviceKeyEntry } from './testing/entries'
import { insertOrganization, insertServiceKey } from './testing/rows'

let database: FreshDatabase
let sql: postgres.Sql
const log = { info() {}, warn() {} }
const noon = Date.UTC(2026, 10, 23, 12)

beforeAll(async () => {
  database = await freshDatabase()
  sql = postgres(database.url, { max: 3, onnotice: () => {} })
})

afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

const used = (address: string, userAgent: string, at: number, code: Code = 'VALID') => ({
  address,
  userAgent,
  at,
  code,
})
const entries = new Map<string, KeyEntry>()

/** The same entry for the same key, as the operational list would have it. */
function keyOf(id: string, organizationId: string): KeyEntry {
  const known = entries.get(id)
  if (known) return known
  const entry = keyEntry({ id, organization: { ...organizationEntry, id: organizationId } })
  entries.set(id, entry)
  return entry
}

const usesOf = (keyId: string) =>
  sql`select address, user_agent, last_used_at from key_uses where key_id = ${keyId} order by address`

test('one row a key and address, with the newest use of it', async () => {
  const lastUsed = new LastUsed(() => sql, log)
  lastUsed.record(keyOf('key_a', 'org_a'), used('192.0.2.1', 'curl/8', noon))
  lastUsed.record(keyOf('key_a', 'org_a'), used('192.0.2.1', 'curl/9', noon + 1_000))
  lastUsed.record(keyOf('key_a', 'org_a'), used('192.0.2.1', 'late', noon - 1_000))
  lastUsed.record(keyOf('key_a', 'org_a'), used('2001:db8::1', 'curl/8', noon))
  await lastUsed.flush()
  lastUsed.record(keyOf('key_a', 'org_a'), used('192.0.2.1', 'curl/10', noon + 2_000))
  await lastUsed.flush()
  expect(await usesOf('key_a')).toEqual([
    { address: '192.0.2.1', user_agent: 'curl/10', last_used_at: new Date(noon + 2_000) },
    { address: '2001:db8::1', user_agent: 'curl/8', last_used_at: new Date(noon) },
  ])
})

test('an older batch of another process never puts the clock back', async () => {
  const [one, other] = [new LastUsed(() => sql, log), new LastUsed(() => sql, log)]
  one.record(keyOf('key_b', 'org_b'), used('192.0.2.1', 'new', noon + 5_000))
  other.record(keyOf('key_b', 'org_b'), used('192.0.2.1', 'old', noon))
  await one.flush()
  await other.flush()
  expect(await usesOf('key_b')).toMatchObject([{ user_agent: 'new', last_used_at: new Date(noon + 5_000) }])
})

test('many batches at once, in different orders, wait for each other and do not deadlock', async () => {
  const processes = Array.from({ length: 4 }, () => new LastUsed(() => sql, log))
  for (const [n, lastUsed] of processes.entries())
    for (let i = 0; i < 3_000; i++) {
      const address = `10.0.${Math.floor(i / 250)}.${i % 250}`
      lastUsed.record(keyOf(`key_c${n % 2 ? i % 7 : 6 - (i % 7)}`, 'org_c'), used(address, '', noon))
    }
  await Promise.all(processes.map((lastUsed) => lastUsed.flush()))
  const [row] = await sql`select count(*)::int as count from key_uses where organization_id = 'org_c'`
  expect(row?.count).toBeGreaterThanOrEqual(3_000)
})

test('what could not be written is kept, newest first, and written later', async () => {
  const away = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1, onnotice: () => {} })
  let target = away
  const lastUsed = new LastUsed(() => target, log)
  lastUsed.record(keyOf('key_d', 'org_d'), used('192.0.2.1', 'before', noon))
  const flushing = lastUsed.flush()
  lastUsed.record(keyOf('key_d', 'org_d'), used('192.0.2.1', 'during', noon + 1_000))
  await flushing
  target = sql
  await lastUsed.flush()
  expect(await usesOf('key_d')).toMatchObject([
    { user_agent: 'during', last_used_at: new Date(noon + 1_000) },
  ])
  await away.end({ timeout: 0 })
})

test('memory stays bounded while nothing can be written', async () => {
  const lastUsed = new LastUsed(() => sql, log, 100)
  for (let i = 0; i < 1_000; i++)
    lastUsed.record(keyOf('key_e', 'org_e'), used(`10.0.${i >> 8}.${i & 255}`, '', noon))
  await lastUsed.flush()
  expect(await usesOf('key_e')).toHaveLength(100)
})

test('what finds no room is counted, also what comes back, and said once when the database is there', async () => {
  const away = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1, onnotice: () => {} })
  let target = away
  const said: [number | undefined, string][] = []
  const warn = (details: { lost?: number }, message: string) => void said.push([details.lost, message])
  const lastUsed = new LastUsed(() => target, { info() {}, warn }, 10)
  const use = (n: number) => lastUsed.record(keyOf('key_lost', 'org_lost'), used(`10.1.0.${n}`, '', noon))
  for (let n = 0; n < 15; n++) use(n)
  const flushing = lastUsed.flush()
  for (let n = 20; n < 23; n++) use(n)
  await flushing
  expect(said).toEqual([[undefined, 'last used: not written, will try again']])
  target = sql
  await lastUsed.flush()
  await lastUsed.flush()
  expect(said.slice(1)).toEqual([[8, 'last used: uses were lost']])
  expect(await usesOf('key_lost')).toHaveLength(10)
  await away.end({ timeout: 0 })
})

test('what is not written at the end is said', async () => {
  const away = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1, onnotice: () => {} })
  const lost: (number | undefined)[] = []
  const warn = (details: { lost?: number }) => void lost.push(details.lost)
  const lastUsed = new LastUsed(() => away, { info() {}, warn })
  lastUsed.record(keyOf('key_end', 'org_end'), used('192.0.2.1', '', noon))
  await lastUsed.stop()
  expect(lost).toEqual([undefined, undefined, 1])
  await away.end({ timeout: 0 })
})

test('a long user agent is cut, and stopping writes the rest', async () => {
  const lastUsed = new LastUsed(() => sql, log)
  lastUsed.start()
  lastUsed.record(keyOf('key_f', 'org_f'), used('192.0.2.1', 'x'.repeat(10_000), noon))
  await lastUsed.stop()
  expect(await usesOf('key_f')).toMatchObject([{ user_agent: 'x'.repeat(256) }])
})

describe('a service key', () => {
  let owner: postgres.Sql
  let organizationId: string

  beforeAll(async () => {
    owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
    organizationId = await insertOrganization(owner)
  })
  afterAll(() => owner?.end())

  async function serviceKey(): Promise<KeyEntry> {
    const { id, serviceUser } = await insertServiceKey(owner, organizationId)
    return serviceKeyEntry({ id, serviceUser, organization: { ...organizationEntry, id: organizationId } })
  }

  const rowOf = async ({ id }: KeyEntry) => {
    const [row] = await sql`select last_used_at, last_used_from, last_user_agent, refused_at, refused_from,
      refused_user_agent, refused_code from service_key_uses where key_id = ${id}`
    return row && Object.values(row)
  }

  test('has one row with its newest use and its newest refusal, wherever they came from', async () => {
    const key = await serviceKey()
    const former = { ...key, revokedAt: noon, lastUse: null }
    const lastUsed = new LastUsed(() => sql, log)
    lastUsed.record(key, used('192.0.2.1', 'curl/8', noon))
    lastUsed.record(key, used('192.0.2.2', 'curl/9', noon + 1_000))
    lastUsed.record(key, used('192.0.2.3', 'late', noon - 1_000))
    await lastUsed.flush()
    expect(await rowOf(key)).toEqual([new Date(noon + 1_000), '192.0.2.2', 'curl/9', null, null, null, null])
    lastUsed.record(key, used('10.0.0.1', 'wget', noon + 2_000, 'IP_DENIED'))
    lastUsed.record(former, used('10.0.0.2', 'old', noon + 3_000, 'REVOKED'))
    lastUsed.record(key, used('10.0.0.3', 'late', noon + 1_500, 'DISABLED'))
    lastUsed.record(former, used('192.0.2.4', 'in overlap', noon + 4_000))
    await lastUsed.flush()
    expect(await rowOf(key)).toEqual([
      ...[new Date(noon + 4_000), '192.0.2.4', 'in overlap'],
      ...[new Date(noon + 3_000), '10.0.0.2', 'old', 'REVOKED'],
    ])
    const [row] = await sql`select count(*)::int as count from key_uses where key_id = ${key.id}`
    expect(row?.count).toBe(0)
  })

  test('is refused for its owner only where its owner can change something', async () => {
    const codes = ['REVOKED', 'EXPIRED', 'DISABLED', 'IP_DENIED', 'INSUFFICIENT_ACCESS'] as const
    const lastUsed = new LastUsed(() => sql, log)
    for (const code of codes) {
      const key = await serviceKey()
      lastUsed.record(key, used('10.0.0.1', '', noon, code))
      await lastUsed.flush()
      expect((await rowOf(key))?.at(-1)).toBe(code)
    }
    const key = await serviceKey()
    for (const code of ['NOT_FOUND', 'MALFORMED', 'RATE_LIMITED'] as const)
      lastUsed.record(key, used('10.0.0.1', '', noon, code))
    lastUsed.record(keyOf('key_refused', 'org_a'), used('10.0.0.1', '', noon, 'EXPIRED'))
    await lastUsed.flush()
    expect(await rowOf(key)).toEqual(Array(7).fill(null))
    expect(await usesOf('key_refused')).toEqual([])
  })

  test('keeps the newest of all processes, in batches that never deadlock', async () => {
    const keys = await Promise.all(Array.from({ length: 60 }, serviceKey))
    const processes = Array.from({ length: 4 }, () => new LastUsed(() => sql, log))
    for (let round = 0; round < 5; round++) {
      for (const [n, lastUsed] of processes.entries()) {
        const at = noon + round * 1_000 + n
        for (const key of n % 2 ? keys : keys.toReversed()) {
          const ownEntry = { ...key }
          lastUsed.record(ownEntry, used(`10.0.0.${n}`, '', at))
          lastUsed.record(ownEntry, used(`10.0.1.${n}`, '', at, 'IP_DENIED'))
        }
      }
      await Promise.all(processes.map((lastUsed) => lastUsed.flush()))
    }
    const newest = new Date(noon + 4_003)
    for (const key of keys)
      expect(await rowOf(key)).toEqual([newest, '10.0.0.3', '', newest, '10.0.1.3', '', 'IP_DENIED'])
  })

  test('that cannot be written waits, its newest call first', async () => {
    const away = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1, onnotice: () => {} })
    let target = away
    const key = await serviceKey()
    const lastUsed = new LastUsed(() => target, log)
    lastUsed.record(key, used('192.0.2.1', 'before', noon))
    lastUsed.record(key, used('10.0.0.1', 'before', noon, 'DISABLED'))
    const flushing = lastUsed.flush()
    lastUsed.record(key, used('192.0.2.2', 'during', noon + 1_000))
    await flushing
    target = sql
    await lastUsed.flush()
    expect(await rowOf(key)).toEqual([
      ...[new Date(noon + 1_000), '192.0.2.2', 'during'],
      ...[new Date(noon), '10.0.0.1', 'before', 'DISABLED'],
    ])
    await away.end({ timeout: 0 })
  })

  test('does not fill the memory while nothing can be written', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, serviceKey))
    const lastUsed = new LastUsed(() => sql, log, 5)
    for (const key of keys) lastUsed.record(key, used('192.0.2.1', '', noon))
    await lastUsed.flush()
    const rows = await Promise.all(keys.map(rowOf))
    expect(rows.filter((row) => row?.[0] !== null)).toHaveLength(5)
  })
})
