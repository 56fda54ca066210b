import { getTableColumns, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { organizations } from '@/db/schema'
import { testDatabase } from '@/db/testing/setup'
import { parseSearch } from './inputs'
import { listOpenRequests, openRequestsShown } from './list-open-requests'
import { listOrganizations, organizationsQuery, pageSize } from './list-organizations'

const now = new Date('2026-11-20T12:00:00Z')
const many = 10_000
const { owner } = await testDatabase()

/** 10,000 organizations, every tenth with 20 files, every hundredth with an open request. */
beforeAll(async () => {
  await owner`insert into organizations (id, name)
    select 'org_' || n, case n % 2 when 0 then 'Company ' else 'company ' end || lpad(n::text, 5, '0')
    from generate_series(1, ${many}) n`
  await owner`insert into users (id, email) values ('usr_asker', 'asker@example.com')`
  await owner`insert into media (id, organization_id, key_id, file_name, content_type, bytes, sha256, created_at)
    select 'med_' || n || '_' || f, 'org_' || n, 'key_1', 'a.png', 'image/png', n, sha256('a'), ${now.toISOString()}
    from generate_series(10, ${many}, 10) n, generate_series(1, 20) f`
  await owner`insert into media_limit_requests (id, organization_id, wanted_bytes, reason, created_at, created_by)
    select 'mlr_' || n, 'org_' || n, 20971520, 'Request of ' || n, ${now.toISOString()}::timestamptz - n * interval '1 minute', 'usr_asker'
    from generate_series(100, ${many}, 100) n`
  await owner`vacuum analyze`
})

const list = (parameters: Record<string, unknown>) => listOrganizations(parseSearch(parameters), now)
const names = async (parameters: Record<string, unknown>) =>
  (await list(parameters)).organizations.map(({ name }) => name)

async function walk(parameters: Record<string, unknown>): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await list({ ...parameters, after })
    ids.push(...page.organizations.map(({ id }) => id))
    if (!page.next) return ids
    expect(page.organizations).toHaveLength(pageSize)
    after = page.next
  }
}

test('a walk through the pages meets every organization once, by name whatever its case', async () => {
  const ids = await walk({})
  expect(ids).toEqual(Array.from({ length: many }, (_, i) => `org_${i + 1}`))
})

test('names are found by any part in any case, ids only whole', async () => {
  expect(await names({ q: 'COMPANY 0123' })).toEqual(
    Array.from({ length: 10 }, (_, i) => `${i % 2 ? 'company' : 'Company'} 0123${i}`),
  )
  expect(await names({ q: 'org_77' })).toEqual(['company 00077'])
  expect(await names({ q: 'org_7' })).toEqual(['company 00007'])
  expect(await names({ q: 'nobody' })).toEqual([])
})

test('what means something in a pattern is searched for as it stands', async () => {
  await createOrganization({ name: '100 % \\ under_score' })
  for (const q of ['%', '_', '\\', '100 % \\ under_'])
    expect(await names({ q })).toEqual(['100 % \\ under_score'])
  for (const q of ["'; drop table organizations; --", '😀'.repeat(100), '%%', '__'])
    expect(await names({ q })).toEqual([])
})

test('an address that makes no sense asks for the first page', async () => {
  const first = await names({})
  for (const parameters of [
    { q: ['a', 'b'] },
    { q: 'a\0b' },
    { q: '\ud800' },
    { q: 'x'.repeat(201) },
    { after: 'org_1; --' },
    { after: ['org_1'] },
    { requests: 'closed' },
    { page: '3' },
  ])
    expect(await names(parameters)).toEqual(first)
})

test('those with an open request can be had alone, and say what is asked for', async () => {
  const ids = await walk({ requests: 'open' })
  expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => `org_${(i + 1) * 100}`))
  const [line] = (await list({ requests: 'open', q: '00100' })).organizations
  expect(line).toEqual({
    id: 'org_100',
    name: 'Company 00100',
    limit: { bytes: 5_242_880, endsAt: null, afterwardsBytes: 5_242_880 },
    usage: { files: 20, bytes: 2_000 },
    request: { wantedBytes: 20_971_520, askedAt: '2026-11-20T10:20:00.000Z' },
    changedAt: null,
  })
})

test('nothing else of an organization leaves', async () => {
  const id = await createOrganization({
    name: 'Secretive',
    timeZone: 'Asia/Tokyo',
    requestIdHeader: 'X-Ours',
  })
  await createMember(id, { email: 'hidden@example.com', name: 'Hidden', role: 'admin' })
  const text = JSON.stringify(await list({ q: 'Secretive' }))
  for (const kept of ['hidden', 'Tokyo', 'X-Ours', 'replaceEvery']) expect(text).not.toContain(kept)
  const [line] = (await list({ q: 'Secretive' })).organizations
  expect(Object.keys(line ?? {}).toSorted()).toEqual(['changedAt', 'id', 'limit', 'name', 'request', 'usage'])
  expect(Object.keys(getTableColumns(organizations))).toContain('replaceEveryDays')
})

test('the requests that wait longest stand first, and the rest are counted', async () => {
  const { requests, total } = await listOpenRequests(now)
  expect(total).toBe(100)
  expect(requests).toHaveLength(openRequestsShown)
  expect(requests[0]).toEqual({
    organizationId: 'org_10000',
    organizationName: 'Company 10000',
    limit: { bytes: 5_242_880, endsAt: null, afterwardsBytes: 5_242_880 },
    wantedBytes: 20_971_520,
    reason: 'Request of 10000',
    askedAt: '2026-11-13T13:20:00.000Z',
  })
})

test('usage is summed up through its index, for the rows of the page only', async () => {
  for (const parameters of [{}, { q: 'company' }, { requests: 'open' }, { after: 'org_5000' }]) {
    const [row] = await db().execute<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      sql`explain (analyze, format json) ${organizationsQuery(parseSearch(parameters))}`,
    )
    const nodes = flatten(row?.['QUERY PLAN'][0]?.Plan)
    const onMedia = nodes.filter((node) => node['Relation Name'] === 'media')
    expect(onMedia.map((node) => node['Index Name'])).toEqual(['media_organization'])
    expect(onMedia[0]?.['Actual Loops']).toBe(pageSize + 1)
  }
})

type PlanNode = {
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Loops'?: number
  Plans?: PlanNode[]
}

function flatten(node: PlanNode | undefined): PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(flatten)] : []
}
