import assert from 'node:assert/strict'
import postgres from 'postgres'
import { rawSql } from '@/db/client'
import { RequestLog } from '@/lib/call-log/request-log'
import { env } from '@/lib/env'
import { newId } from '@/lib/id'
import { type Place, parseCursor } from '@/lib/requests/cursor'
import { longestPage, type RequestFilter } from '@/lib/requests/inputs'
import { pageQuery, searchRequests } from '@/lib/requests/search'
import { median, percentile } from './statistics'

const rows = 1_000_000
const rowsOfOneId = 5_000
const customerRequestId = 'nightly-import'
const days = 7
const rowsAtOnce = 100_000

/**
 * One million calls of an organization, searched by a customer's id and paged to the end, and paged to the end as a
 * whole, with the function behind the screen and the API. Times are told; that indexes are used is asserted.
 */
export async function measureSearch(ownerUrl: string): Promise<void> {
  const organizationId = newId('org')
  const filledIn = await fillRequests(organizationId)
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  await sql`vacuum analyze requests`
  console.log(
    `\nSearch in ${rows} calls of one organization, ${longestPage} a page. ` +
      `Written in ${(filledIn / 1000).toFixed(1)} s by the writer that the API uses.`,
  )
  try {
    const searches: [string, RequestFilter, number, string][] = [
      [customerRequestId, { customerRequestId }, rowsOfOneId, 'requests_customer_request_id'],
      ['everything', {}, rows, 'requests_organization'],
    ]
    for (const [name, filter, expected, index] of searches) {
      const { found, pagesMs, middle } = await pageToTheEnd(organizationId, filter, expected)
      assert.equal(found, expected, `rows found of ${name}`)
      for (const after of [null, middle]) await assertIndex(sql, organizationId, filter, after, index)
      const sorted = Float64Array.from(pagesMs).sort()
      console.log(
        `${name}: ${found} rows on ${pagesMs.length} pages in ${Math.round(sum(pagesMs))} ms; first page ` +
          `${ms(pagesMs[0])}, median ${ms(median(pagesMs))}, p99 ${ms(percentile(sorted, 0.99))}, ` +
          `last ${ms(pagesMs.at(-1))}; each page by ${index}`,
      )
    }
  } finally {
    await sql`truncate requests`
    await sql.end()
  }
}

/** Milliseconds that it took. */
async function fillRequests(organizationId: string): Promise<number> {
  const log = new RequestLog(env().DATABASE_URL, {
    warn: (details, message) => console.log(message, details),
  })
  const startedAt = performance.now()
  const key = { id: newId('key'), organization: { id: organizationId } }
  const until = Date.now()
  const everyMs = (days * 86_400_000) / rows
  const everyNth = rows / rowsOfOneId
  for (let i = 0; i < rows; i++) {
    const isDenied = i % 10 === 0
    log.record({
      at: Math.floor(until - (rows - i) * everyMs),
      id: `req_${String(i).padStart(22, '0')}`,
      customerRequestId: i % everyNth === 0 ? customerRequestId : `order-${i}`,
      key,
      code: isDenied ? 'EXPIRED' : 'VALID',
      status: isDenied ? 401 : 200,
      method: 'GET',
      path: `/orders/${i}`,
      address: '192.0.2.1',
      durationUs: i % 1_000,
    })
    if (i % rowsAtOnce === 0) await log.flush()
  }
  await log.flush()
  await log.stop()
  return performance.now() - startedAt
}

async function pageToTheEnd(organizationId: string, filter: RequestFilter, expected: number) {
  const pagesMs: number[] = []
  let found = 0
  let after: Place | null = null
  let middle: Place | null = null
  for (;;) {
    const startedAt = performance.now()
    const page = await searchRequests(organizationId, filter, { after, limit: longestPage })
    pagesMs.push(performance.now() - startedAt)
    found += page.requests.length
    if (page.nextCursor === null) return { found, pagesMs, middle }
    after = parseCursor(page.nextCursor)
    if (found <= expected / 2) middle = after
  }
}

type Plan = { 'Node Type': string; 'Index Name'?: string; Plans?: Plan[] }

/** Rows come from the partitions' parts of `index` only, in its order: nothing is read whole, nothing sorted whole. */
async function assertIndex(
  sql: postgres.Sql,
  organizationId: string,
  filter: RequestFilter,
  after: Place | null,
  index: string,
): Promise<void> {
  const query = pageQuery(rawSql(), organizationId, filter, { after, limit: longestPage + 1 })
  const [row] = await rawSql()<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>`explain (format json) ${query}`
  assert(row)
  const nodes = nodesOf(row['QUERY PLAN'][0].Plan)
  const parts = await sql<{ name: string }[]>`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = ${index}::text::regclass`
  const scans = nodes.filter((node) => node['Node Type'].includes('Scan'))
  assert(scans.length > 0)
  const isPart = (name: string | undefined) => parts.some((part) => part.name === name)
  for (const scan of scans) {
    assert.match(scan['Node Type'], /^Index (Only )?Scan$/)
    assert(isPart(scan['Index Name']), `${scan['Index Name']} is no part of ${index}`)
  }
  assert(!nodes.some((node) => node['Node Type'] === 'Sort'), 'all rows are sorted')
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function ms(value: number | undefined): string {
  return `${value?.toFixed(1)} ms`
}
