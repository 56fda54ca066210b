import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import type { Code } from './decide'
import type { KeyEntry } from './entries'
import { LastUsed } from './last-used'
import { keyEntry, organizationEntry } from './testing/entries'

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

test('a long user agent is cut, and stopping writes the rest', async () => {
  const lastUsed = new LastUsed(() => sql, log)
  lastUsed.start()
  lastUsed.record(keyOf('key_f', 'org_f'), used('192.0.2.1', 'x'.repeat(10_000), noon))
  await lastUsed.stop()
  expect(await usesOf('key_f')).toMatchObject([{ user_agent: 'x'.repeat(256) }])
})
