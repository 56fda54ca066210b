import { type SQL, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { fillNotices, raised } from '@/lib/notices/testing/notices'
import { countUnread, unreadQuery } from './count-unread'
import { parseSearch } from './inputs'
import { listNotices, pageQuery, pageSize } from './list'

const now = new Date('2026-11-23T09:00:00Z')
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)
const count = 10_000

const { owner } = await testDatabase()
let large: UserActor

const page = (reader: UserActor, parameters: Record<string, unknown>) =>
  listNotices(reader, parseSearch(parameters, true), { withDeliveries: true })

beforeAll(async () => {
  const organizationId = await createOrganization({ name: 'Large' })
  large = await createMember(organizationId, { email: 'large@example.com', role: 'admin' })
  await fillNotices(owner, large, { count, now })
  for (let n = 0; n < 4; n++) {
    const place = await createOrganization({ name: `Another ${n}` })
    const someone = await createMember(place, { email: `other${n}@example.com`, role: 'admin' })
    await fillNotices(owner, someone, { count, now })
  }
  await owner`vacuum analyze notices, notice_deliveries`
}, 120_000)

test.each([{}, { whose: 'everybodys' }])(
  'ten thousand are walked, each once, newest first: %o',
  async (parameters) => {
    let raisedMeanwhile = 0
    const ids = await walk(large, parameters, async () => {
      if (raisedMeanwhile++ < 3)
        await raised(
          { organizationId: large.organizationId, recipients: [large.userId] },
          later(raisedMeanwhile),
        )
    })
    expect(new Set(ids).size).toBe(ids.length)
    const newestFirst = await owner`select id from notices
    where organization_id = ${large.organizationId} and created_at <= ${now} order by created_at desc, id desc`
    expect(ids.filter((id) => id.startsWith('ntc_x'))).toEqual(newestFirst.map(({ id }) => id))
    await owner`delete from notices where created_at > ${now}`
  },
)

test('a page, the first and one in the middle, is one range of one index', async () => {
  for (const whose of ['mine', 'everybodys'])
    for (const after of [null, await middleOf(large)]) {
      const nodes = await planOf(pageQuery(large, parseSearch({ whose, after }, true)))
      expect(nodes.map((node) => node['Node Type']).filter((type) => /Seq|Sort|Bitmap/.test(type))).toEqual(
        [],
      )
      for (const node of nodes) expect(node['Actual Rows'] ?? 0).toBeLessThanOrEqual(pageSize + 1)
    }
})

test('each filter is by an index', async () => {
  for (const filter of [
    { show: 'unread' },
    { about: 'service-keys' },
    { about: 'organization-key', show: 'unread' },
  ])
    for (const whose of ['mine', 'everybodys']) {
      const nodes = await planOf(pageQuery(large, parseSearch({ ...filter, whose }, true)))
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
    }
})

test('the bell looks at indexes alone', async () => {
  const nodes = await planOf(unreadQuery(large))
  const scans = nodes.filter((node) => /Scan/.test(node['Node Type']) && node['Relation Name'])
  expect(scans.map((node) => node['Node Type'])).toEqual(['Index Only Scan', 'Index Only Scan'])
  expect((await countUnread(large)).count).toBe(100)
})

/** The ids of all pages, one after another; `between` runs before each page but the first. */
async function walk(reader: UserActor, parameters: Record<string, unknown>, between = async () => {}) {
  const ids: string[] = []
  for (let after: string | null = null; ; await between()) {
    const found: Awaited<ReturnType<typeof page>> = await page(reader, { ...parameters, after })
    ids.push(...found.notices.map(({ id }) => id))
    after = found.next
    if (after === null) return ids
  }
}

async function middleOf(reader: UserActor): Promise<string | null> {
  let after: string | null = null
  for (let n = 0; n < count / pageSize / 2; n++) after = (await page(reader, { after })).next
  return after
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows'?: number; Plans?: Plan[] }
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

async function planOf(query: SQL): Promise<Plan[]> {
  const [row] = await db().execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    sql`explain (analyze, timing off, format json) ${query}`,
  )
  if (!row) throw new Error('no plan')
  return nodesOf(row['QUERY PLAN'][0].Plan)
}
