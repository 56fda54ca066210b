import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase, rawSql } from '@/db/client'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { setTestEnvironment } from '@/db/testing/environment'
import { insertKey, insertOrganization, insertRevokedKey } from '@/lib/verify/testing/rows'
import { parseCursor } from './cursor'
import type { RequestFilter } from './inputs'
import { outcomeOf, outcomes } from './outcome'
import { hasRequests, pageQuery, searchRequests } from './search'
import { fillRequests, insertRequest } from './testing/rows'

const now = new Date('2026-03-10T12:00:00Z')
const count = 60_000

let database: FreshDatabase
let owner: postgres.Sql
let organizationId: string

beforeAll(async () => {
  database = await freshDatabase()
  setTestEnvironment(database.url)
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
})

beforeEach(async () => {
  organizationId = await insertOrganization(owner)
})

afterAll(async () => {
  await closeDatabase()
  await owner?.end()
  await database?.drop()
})

const at = (text: string) => ({ at: text })

/** The ids of all pages, one after another; `between` runs before each page but the first. */
async function walk(filter: RequestFilter, limit: number, between = async () => {}): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = null; ; await between()) {
    const after: ReturnType<typeof parseCursor> = cursor === null ? null : parseCursor(cursor)
    const page = await searchRequests(organizationId, filter, { after, limit })
    ids.push(...page.requests.map(({ id }) => id))
    cursor = page.nextCursor
    if (cursor === null) return ids
  }
}

describe('what is found', () => {
  test('newest first, with what an organization may see', async () => {
    await insertRequest(owner, organizationId, at('2026-03-09T23:59:59.999999Z'))
    const row = await insertRequest(owner, organizationId, {
      ...at('2026-03-10T00:00:00.000001Z'),
      code: 'EXPIRED',
      status: 401,
      customerRequestId: 'order 1',
    })
    const { requests, nextCursor } = await searchRequests(organizationId, {}, { after: null, limit: 2 })
    expect(requests.map((each) => each.at)).toEqual(['2026-03-10T00:00:00.000Z', '2026-03-09T23:59:59.999Z'])
    expect(nextCursor).toBeNull()
    expect(requests[0]).toEqual({
      id: row.id,
      at: '2026-03-10T00:00:00.000Z',
      keyId: null,
      outcome: 'denied',
      code: 'EXPIRED',
      status: 401,
      method: 'GET',
      path: '/v1/whoami',
      address: '127.0.0.1',
      durationMs: 0.85,
      customerRequestId: 'order 1',
    })
  })

  test('only what the whole filter says', async () => {
    const { key } = await insertRevokedKey(owner, organizationId, {
      createdAt: new Date(now.getTime() - 86_400_000),
      revokedAt: now,
      acceptedUntil: now,
    })
    const found = await insertRequest(owner, organizationId, {
      ...at('2026-03-10T11:00:00Z'),
      keyId: key.id,
      status: 500,
      customerRequestId: 'A',
    })
    const like = { ...found, organizationId }
    await insertRequest(owner, organizationId, { ...like, id: 'req_1', at: '2026-03-10T12:00:00Z' })
    await insertRequest(owner, organizationId, { ...like, id: 'req_2', at: '2026-03-10T10:59:59.999999Z' })
    await insertRequest(owner, organizationId, { ...like, id: 'req_3', keyId: null })
    await insertRequest(owner, organizationId, { ...like, id: 'req_4', status: 499 })
    await insertRequest(owner, organizationId, { ...like, id: 'req_5', customerRequestId: 'a' })
    const filter: RequestFilter = {
      customerRequestId: 'A',
      keyId: key.id,
      outcome: 'error',
      from: new Date('2026-03-10T11:00:00Z'),
      to: new Date('2026-03-10T12:00:00Z'),
    }
    expect(await walk(filter, 10)).toEqual([found.id])
  })

  test('Postgres and JavaScript agree on every outcome', async () => {
    const statuses = [200, 201, 399, 400, 401, 402, 403, 404, 413, 428, 429, 430, 499, 500, 503, 599]
    for (const status of statuses)
      await insertRequest(owner, organizationId, { ...at('2026-03-10T11:00:00Z'), status })
    for (const outcome of outcomes) {
      const page = await searchRequests(organizationId, { outcome }, { after: null, limit: 50 })
      expect(page.requests.map(({ status }) => status).toSorted()).toEqual(
        statuses.filter((status) => outcomeOf(status) === outcome),
      )
    }
  })

  test('nothing of another organization, also by its key and its ids', async () => {
    const other = await insertOrganization(owner)
    const key = await insertKey(owner, other)
    await insertRequest(owner, other, {
      ...at('2026-03-10T11:00:00Z'),
      keyId: key.id,
      customerRequestId: 'x',
    })
    expect(await walk({}, 10)).toEqual([])
    expect(await walk({ keyId: key.id }, 10)).toEqual([])
    expect(await walk({ customerRequestId: 'x' }, 10)).toEqual([])
    expect([await hasRequests(organizationId), await hasRequests(other)]).toEqual([false, true])
  })
})

describe('no row is skipped or doubled', () => {
  test('when thousands share a millisecond, and some a microsecond', async () => {
    await insertRequest(owner, null, at('2026-03-10T11:00:00Z'))
    await owner`insert into requests
      select '2026-03-10T11:00:00.123Z'::timestamptz + (n / 500) * interval '1 microsecond', 'req_' || lpad(n::text, 6, '0'),
        ${organizationId}, null, 'VALID', 200, 'GET', '/', '::1', 1, null from generate_series(0, 2999) as n`
    const expected =
      await owner`select id from requests where organization_id = ${organizationId} order by at desc, id desc`
    expect(await walk({}, 70)).toEqual(expected.map(({ id }) => id))
  })

  test('while newer rows arrive', async () => {
    const rows = []
    for (let n = 10; n < 40; n++)
      rows.push(await insertRequest(owner, organizationId, at(`2026-03-10T11:00:${n}Z`)))
    const seen = await walk({}, 4, async () => {
      await insertRequest(owner, organizationId, at('2026-03-10T11:30:00Z'))
    })
    expect(seen).toEqual(rows.map(({ id }) => id).toReversed())
  })
})

describe('plans', () => {
  let keyIds: string[]
  let mine: string

  beforeAll(async () => {
    mine = await insertOrganization(owner)
    const { key, successor } = await insertRevokedKey(owner, mine, {
      createdAt: new Date(now.getTime() - 20 * 86_400_000),
      revokedAt: now,
      acceptedUntil: now,
    })
    keyIds = [key.id, successor.id]
    await fillRequests(owner, mine, { count, until: now, days: 12, keyIds })
    await fillRequests(owner, await insertOrganization(owner), {
      count,
      until: now,
      days: 12,
      keyIds: ['key_x'],
    })
    await owner`analyze requests`
  })

  const place = { at: '2026-03-06T00:00:00.000000Z', id: 'req_5' }
  const week = { from: new Date(now.getTime() - 7 * 86_400_000), to: now }

  test.each<[string, RequestFilter | (() => RequestFilter), string]>([
    ['everything', {}, 'organization_id_at_idx'],
    ['a time', week, 'organization_id_at_idx'],
    ['a customer request id', { customerRequestId: `call-${count / 2}` }, 'customer_request_id_at_idx'],
    ['a key', () => ({ keyId: keyIds[0] }), 'at_idx'],
    ['denied', { outcome: 'denied' }, 'organization_id_at_idx1'],
    ['bad requests', { outcome: 'invalid', ...week }, 'organization_id_at_idx1'],
    ['errors', { outcome: 'error' }, 'organization_id_at_idx1'],
  ])('%s: by an index, without sorting it all', async (_, given, index) => {
    const filter = typeof given === 'function' ? given() : given
    for (const after of [null, place]) {
      const sql = rawSql()
      const lines = await sql<{ 'QUERY PLAN': string }[]>`
        explain (costs off) ${pageQuery(sql, mine, filter, { after, limit: 51 })}`
      const plan = lines.map((line) => line['QUERY PLAN'])
      const scans = plan.filter((line) => line.includes('Scan')).map((line) => line.trim())
      expect(scans.length).toBeGreaterThan(3)
      for (const scan of scans.filter((each) => each.includes('requests_2')))
        expect(scan).toMatch(new RegExp(`Index Scan using requests_\\d{8}_\\w*${index} on`))
      expect(plan.filter((line) => /Seq Scan|Bitmap|->\s+Sort/.test(line))).toEqual([])
      expect(plan.join('\n')).toContain('Presorted Key: requests.at')
    }
  })
})
