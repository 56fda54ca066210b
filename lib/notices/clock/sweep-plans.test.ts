import { type SQL, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabase } from '@/db/testing/setup'
import { fillOrganizationKeys } from '@/lib/notices/testing/fill'
import { toldOrganization, untilNone } from '@/lib/notices/testing/organization'
import { fillServiceKeys } from '@/lib/service-keys/testing/fill'
import { endingQuery, overdue, retiring } from './organization-key-endings'
import { endings, raiseServiceKeyEndings } from './raise-service-key-endings'
import { expirations, raiseServiceKeyExpirations } from './raise-service-key-expirations'
import { dueQuery, foundQuery } from './raise-service-key-notices'

const now = new Date('2026-03-10T12:00:00Z')
/** As small beside these tables as the usual batch is beside a million keys. */
const batch = 30
const { owner } = await testDatabase()

beforeAll(async () => {
  for (const name of ['Large', 'Larger', 'Largest']) {
    const { organizationId } = await toldOrganization(owner, { name })
    await fillServiceKeys(owner, organizationId, { count: 20_000, now })
  }
  await fillOrganizationKeys(owner, { count: 20_000, now })
  await owner`vacuum analyze`
}, 240_000)

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

async function nodesOfQuery(query: SQL): Promise<Plan[]> {
  const [row] = await db().execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(sql`explain (format json) ${query}`)
  if (!row) throw new Error('no plan')
  return nodesOf(row['QUERY PLAN'][0].Plan)
}

const readWhole = (nodes: readonly Plan[]) =>
  nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : []))

/** Joins of what the statement itself collected, where Postgres can only guess how much that is. */
const guessed = (nodes: readonly Plan[]) =>
  nodes.filter(
    (node) =>
      /Join|Nested Loop/.test(node['Node Type']) &&
      node.Plans?.every((part) => nodesOf(part).every(({ 'Node Type': type }) => isCollected.test(type))),
  )
const isCollected = /^(CTE Scan|Hash|Sort|Materialize|Aggregate)$/

const keyTables = ['service_keys', 'service_key_secrets', 'service_key_uses', 'organization_keys', 'key_uses']

async function queries(): Promise<Record<string, SQL>> {
  const keys = await owner<
    { id: string }[]
  >`select id from service_keys where expires_at > ${now} limit ${batch}`
  const keyIds = keys.map(({ id }) => id)
  return {
    'service keys that end': await foundQuery(endings, now),
    'a batch of them': await dueQuery(endings, keyIds, now),
    'service keys that expired': await foundQuery(expirations, now),
    'a batch of those': await dueQuery(expirations, keyIds, now),
    'organization keys that were replaced': endingQuery(retiring(now), now, batch),
    'organization keys that were not': endingQuery(overdue(now), now, batch),
  }
}

async function expectByIndex(tables = keyTables): Promise<void> {
  for (const [what, query] of Object.entries(await queries())) {
    const whole = readWhole(await nodesOfQuery(query))
    expect([what, whole.filter((table) => tables.includes(table))]).toEqual([what, []])
  }
}

test('no sweep reads a table of keys whole', async () => {
  await expectByIndex()
})

test('nor joins each of very many with each', async () => {
  for (const [what, query] of Object.entries(await queries()))
    expect([what, guessed(await nodesOfQuery(query))]).toEqual([what, []])
})

test('nor reads a table whole when everything of today is already told', async () => {
  const found: string[] = []
  expect(await untilNone(() => raiseServiceKeyEndings(now, { found }))).toBeGreaterThan(500)
  expect(await raiseServiceKeyEndings(now)).toBe(0)
  await untilNone(() => raiseServiceKeyExpirations(now))
  // As it is at first, when nothing has counted the new notices yet.
  await expectByIndex([...keyTables, 'notices'])
  await owner`vacuum analyze`
  await expectByIndex([...keyTables, 'notices'])
})
