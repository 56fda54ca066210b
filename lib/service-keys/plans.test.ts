import { type SQL, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { Place } from './cursor'
import type { ServiceKeyFilter } from './filter'
import { rowsQuery } from './find'
import { placesQuery } from './places'
import { parseSort, sortTexts, usualSort } from './sort'
import { fillServiceKeys } from './testing/fill'

const now = new Date('2026-03-10T12:00:00Z')
const count = 100_000
const limit = 51
/** Rows that may be put in order at once: far fewer than an organization has. */
const mostSorted = count / 10

const { owner } = await testDatabase()
let organizationId: string
let serviceUserId: string
let keyId: string

beforeAll(async () => {
  organizationId = await createOrganization({ name: 'Large' })
  await fillServiceKeys(owner, organizationId, { count, now })
  await fillServiceKeys(owner, await createOrganization({ name: 'Another' }), { count: count / 4, now })
  await owner`vacuum analyze service_keys, service_key_uses, service_key_secrets, service_users`
  const [user] = await owner`select id from service_users where organization_id = ${organizationId} limit 1`
  serviceUserId = user?.id
  const [key] = await owner`select id from service_keys where organization_id = ${organizationId} limit 1`
  keyId = key?.id
}, 240_000)

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Plan Rows': number
  /** Where it was run. */
  'Actual Rows'?: number
  Plans?: Plan[]
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

async function planOf(query: SQL, isRun: boolean): Promise<Plan[]> {
  const options = isRun ? sql`analyze, timing off, format json` : sql`format json`
  const [row] = await db().execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(sql`explain (${options}) ${query}`)
  if (!row) throw new Error('no plan')
  return nodesOf(row['QUERY PLAN'][0].Plan)
}

/** Nothing is read whole, and nothing sorted whole; what is sorted at all are the few rows that an index found. */
async function expectByIndex(query: SQL, isRun = false): Promise<void> {
  const nodes = await planOf(query, isRun)
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
  expect(nodes.some((node) => /Index (Only )?Scan/.test(node['Node Type']))).toBe(true)
  const sorted = nodes.filter((node) => node['Node Type'] === 'Sort').flatMap((node) => node.Plans ?? [])
  for (const node of sorted) expect(node['Actual Rows'] ?? node['Plan Rows']).toBeLessThanOrEqual(mostSorted)
}

const filters: Record<string, () => ServiceKeyFilter> = {
  'one key': () => ({ keyId }),
  active: () => ({ state: 'active' }),
  disabled: () => ({ state: 'disabled' }),
  expired: () => ({ state: 'expired' }),
  read: () => ({ accessLevel: 'read' }),
  full: () => ({ accessLevel: 'full' }),
  'service user': () => ({ serviceUserId }),
  'unused for 30 days': () => ({ unusedDays: 30 }),
  'unused for 90 days': () => ({ unusedDays: 90 }),
  'any address': () => ({ isAnyAddress: true }),
  'never expires': () => ({ neverExpires: true }),
  'a common part of the name': () => ({ name: 'Billing' }),
  'a rare part of the name': () => ({ name: 'abc12' }),
}
const names = Object.keys(filters)
const fieldsOf = (name: string) => Object.keys(filters[name]?.() ?? {})
const pairs = names.flatMap((one, index) =>
  names
    .slice(index + 1)
    .filter((other) => !fieldsOf(other).some((field) => fieldsOf(one).includes(field)))
    .map((other) => [one, other] as const),
)

function queryOf(filter: ServiceKeyFilter, sortText: string, after: Place | null): SQL {
  const sort = parseSort(sortText) ?? usualSort
  return placesQuery(organizationId, filter, { sort, after, limit }, now)
}

/** The place in the middle of the list. */
async function middleOf(sortText: string): Promise<Place> {
  const query = placesQuery(
    organizationId,
    {},
    { sort: parseSort(sortText) ?? usualSort, after: null, limit: count / 2 },
    now,
  )
  const place = (await db().execute<Place>(query)).at(-1)
  if (!place) throw new Error('no place')
  return place
}

describe.each(sortTexts)('in the order %s, by an index', (sortText) => {
  test('everything, the first page and one in the middle', async () => {
    for (const after of [null, await middleOf(sortText)]) {
      const nodes = await planOf(queryOf({}, sortText, after), true)
      expect(nodes.map((node) => node['Node Type']).filter((type) => /Seq|Sort|Bitmap/.test(type))).toEqual(
        [],
      )
      const read = nodes.filter((node) => /Scan/.test(node['Node Type']) && node['Node Type'] !== 'Memoize')
      for (const { 'Actual Rows': rows } of read) expect(rows).toBeLessThanOrEqual(limit)
    }
  })

  test('each filter', async () => {
    for (const name of names) await expectByIndex(queryOf(filters[name]?.() ?? {}, sortText, null), true)
  })

  test('each filter with each other', async () => {
    const middle = await middleOf(sortText)
    for (const [one, other] of pairs)
      for (const after of [null, middle])
        await expectByIndex(queryOf({ ...filters[one]?.(), ...filters[other]?.() }, sortText, after)).catch(
          (error: Error) => {
            throw new Error(`${one} and ${other}, ${after ? 'middle' : 'first page'}: ${error.message}`)
          },
        )
  })
})

test('what a page shows is read for its own keys alone', async () => {
  const places = await db().execute<Place>(queryOf({}, '-created', null))
  const ids = places.map(({ id }) => id)
  const nodes = await planOf(rowsQuery(db(), organizationId, ids, now).getSQL(), true)
  const relations = ['service_keys', 'service_key_secrets', 'service_key_uses', 'service_users']
  const read = nodes.filter((node) => relations.includes(node['Relation Name'] ?? ''))
  expect(read.length).toBeGreaterThan(4)
  for (const node of read) {
    expect(node['Node Type']).toMatch(/Index|Bitmap Heap/)
    expect(node['Actual Rows']).toBeLessThanOrEqual(limit)
  }
})
