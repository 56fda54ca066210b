import { createHash } from 'node:crypto'
import postgres from 'postgres'
import { newId } from '@/lib/id'
import { parseCursor } from '@/lib/service-keys/cursor'
import type { ServiceKeyFilter } from '@/lib/service-keys/filter'
import { findByDigest } from '@/lib/service-keys/find-by-digest'
import { pageOfServiceKeys, usualPage } from '@/lib/service-keys/page'
import { searchServiceUsers } from '@/lib/service-keys/search-service-users'
import { parseSort, sortTexts, usualSort } from '@/lib/service-keys/sort'
import { fillServiceKeys } from '@/lib/service-keys/testing/fill'
import { tableOf } from './report'
import { openScreen, type Screen } from './service-keys-screen'
import { median, percentile } from './statistics'

const sizes = [100, 100_000] as const
const rounds = 15
const headings = ['ms', '100 keys', '100,000 keys', 'ratio', 'slowest of 100,000']

/** Milliseconds. */
type Work = (organizationId: string) => Promise<number>
type Measured = { name: string; ms: [small: number[], large: number[]] }

/**
 * In an organization of 100 keys and in one of 100,000, turn by turn in one database: the screen until its first row
 * is there; then the first page in every order and by every filter, and every keystroke of a search, with the
 * functions behind the screen and the API.
 */
export async function measureServiceKeys(ownerUrl: string): Promise<void> {
  const now = new Date()
  const [small, large] = [
    await organizationOf(ownerUrl, sizes[0], now),
    await organizationOf(ownerUrl, sizes[1], now),
  ]
  const screen = await openScreen([small, large])
  const measured: Measured[] = []
  for (const [name, work] of [...screenWorks(screen), ...(await works(large, now))]) {
    const ms: Measured['ms'] = [[], []]
    for (let round = 0; round < rounds; round++) {
      ms[0].push(await work(small))
      ms[1].push(await work(large))
    }
    measured.push({ name, ms })
  }
  await screen.stop()
  console.log(
    `\nService keys, in an organization of 100 and in one of 100,000: the screen until its first row arrives, and the ` +
      `first ${usualPage} of a list with all that is shown of them. Medians of ${rounds} rounds.\n` +
      tableOf([headings, ...measured.map(rowOf)]),
  )
}

function screenWorks(screen: Screen): [string, Work][] {
  const queries = ['', 'sort=name', 'sort=lastUsed', 'state=expired', 'name=b', 'name=bill', 'name=zz']
  return queries.map((query): [string, Work] => [
    `screen ${query === '' ? 'opened' : `?${query}`}`,
    (organizationId) => screen.firstRow(organizationId, query),
  ])
}

async function works(large: string, now: Date): Promise<[string, Work][]> {
  const first =
    (filter: ServiceKeyFilter, sort = usualSort): Work =>
    (organizationId) =>
      timeOf(() => pageOfServiceKeys(organizationId, filter, { sort, after: null, limit: usualPage }, now))
  const { keys, nextCursor } = await pageOfServiceKeys(
    large,
    {},
    { sort: usualSort, after: null, limit: 50_000 },
    now,
  )
  const after = nextCursor === null ? null : parseCursor(nextCursor, usualSort)
  const serviceUserId = keys[0]?.serviceUser.id
  const filters: [string, ServiceKeyFilter][] = [
    ['active', { state: 'active' }],
    ['disabled', { state: 'disabled' }],
    ['expired', { state: 'expired' }],
    ['access level Full', { accessLevel: 'full' }],
    ['one service user', { serviceUserId }],
    ['unused for 30 days', { unusedDays: 30 }],
    ['unused for 90 days', { unusedDays: 90 }],
    ['no IP limit', { isAnyAddress: true }],
    ['never expires', { neverExpires: true }],
  ]
  const digest = createHash('sha256').update(`kt_svc_${keys[0]?.id}`).digest()
  return [
    ...sortTexts.map((text): [string, Work] => [`order ${text}`, first({}, parseSort(text) ?? usualSort)]),
    [
      'page 1,001',
      (organizationId) =>
        timeOf(() =>
          pageOfServiceKeys(organizationId, {}, { sort: usualSort, after, limit: usualPage }, now),
        ),
    ],
    ...filters.map(([name, filter]): [string, Work] => [name, first(filter)]),
    ...['billing', '7f3a', 'zzz'].flatMap((word) =>
      [...word].map((_, index): [string, Work] => {
        const name = word.slice(0, index + 1)
        return [`typing “${name}”`, first({ name })]
      }),
    ),
    ...[...'ice 77'].map((_, index): [string, Work] => {
      const text = 'ice 77'.slice(0, index + 1)
      return [
        `service user “${text}”`,
        (organizationId) => timeOf(() => searchServiceUsers(organizationId, text, now)),
      ]
    }),
    ['a pasted key', (organizationId) => timeOf(() => findByDigest(organizationId, digest, now))],
  ]
}

async function organizationOf(ownerUrl: string, count: number, now: Date): Promise<string> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  const id = newId('org')
  try {
    await sql`insert into organizations (id, name) values (${id}, 'Bench')`
    await fillServiceKeys(sql, id, { count, now })
    await sql`vacuum analyze service_keys, service_key_uses, service_key_secrets, service_users`
  } finally {
    await sql.end()
  }
  return id
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function rowOf({ name, ms: [small, large] }: Measured): string[] {
  const slowest = percentile(Float64Array.from(large).sort(), 1)
  return [
    name,
    median(small).toFixed(1),
    median(large).toFixed(1),
    (median(large) / median(small)).toFixed(1),
    slowest.toFixed(1),
  ]
}
