import { beforeAll, expect, test } from 'vitest'
import { day, insertOrganization, insertServiceKey, insertServiceUser } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { ask } from './testing/ask'
import type { ServiceKeyAnswer } from './testing/service-keys'
import { testApi } from './testing/test-api'

const { sql, running } = await testApi()
const organizationId = await insertOrganization(sql)
const user = await insertServiceUser(sql, organizationId, 'Billing')
const ago = (days: number) => new Date(Date.now() - days * day)
const ids = new Map<string, string>()
let token: string

beforeAll(async () => {
  const caller = await insertServiceKey(sql, organizationId, { name: 'Caller', createdAt: ago(1) })
  token = caller.text
  for (const [name, facts] of [
    ['Apple', { createdAt: ago(100), accessLevel: 'read' as const }],
    ['banana', { createdAt: ago(50), expiresAt: ago(-1), serviceUser: user }],
    ['Cherry', { createdAt: ago(40), disabledAt: ago(2), allowedRanges: ['10.0.0.0/8'] }],
    ['Date', { createdAt: ago(20), expiresAt: ago(10), serviceUser: user }],
  ] as const)
    ids.set(name, (await insertServiceKey(sql, organizationId, { name, ...facts })).id)
  await insertServiceKey(sql, await insertOrganization(sql), { name: 'Apple of others' })
  const last = await insertServiceKey(sql, organizationId, { name: 'Gone' })
  await until(() => running.keeper.list.key(last.id) !== undefined)
  await sql`delete from service_key_secrets where key_id = ${last.id}`
  await sql`update service_keys set deleted_at = now(), changed_at = now() where id = ${last.id}`
})

async function page(query: string): Promise<{ names: string[]; nextCursor: string | null; text: string }> {
  const { status, body, text } = await ask(running.url, 'GET', `/v1/service-keys?${query}`, { token })
  expect([query, status]).toEqual([query, 200])
  const { nextCursor } = body.meta as { nextCursor: string | null }
  return { names: (body.data as ServiceKeyAnswer[]).map(({ name }) => name), nextCursor, text }
}

test.each([
  ['', ['Caller', 'Date', 'Cherry', 'banana', 'Apple']],
  ['sort=name', ['Apple', 'banana', 'Caller', 'Cherry', 'Date']],
  ['sort=-name', ['Date', 'Cherry', 'Caller', 'banana', 'Apple']],
  ['sort=created', ['Apple', 'banana', 'Cherry', 'Date', 'Caller']],
  ['sort=expires&limit=2', ['Date', 'banana']],
  ['state=active&sort=name', ['Apple', 'banana', 'Caller']],
  ['state=disabled', ['Cherry']],
  ['state=expired', ['Date']],
  ['accessLevel=read', ['Apple']],
  [`serviceUserId=${user.id}&sort=name`, ['banana', 'Date']],
  ['unusedDays=90', ['Apple']],
  ['unusedDays=30&sort=name', ['Apple', 'banana', 'Cherry']],
  ['isAnyAddress=true&sort=name', ['Apple', 'banana', 'Caller', 'Date']],
  ['neverExpires=true&sort=name', ['Apple', 'Caller', 'Cherry']],
  ['name=AN', ['banana']],
  ['name=%25', []],
  ['neverExpires=true&isAnyAddress=true&accessLevel=full', ['Caller']],
])('%s', async (query, names) => {
  expect((await page(query)).names).toEqual(names)
})

test('pages follow one another to the end, in either order', async () => {
  for (const sort of [
    'name',
    '-name',
    'expires',
    '-expires',
    'lastUsed',
    '-lastUsed',
    'created',
    '-created',
  ]) {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { names, nextCursor }: { names: string[]; nextCursor: string | null } = await page(
        `sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...names)
      cursor = nextCursor
    }
    expect([sort, seen.toSorted()]).toEqual([sort, ['Apple', 'Caller', 'Cherry', 'Date', 'banana']])
  }
})

test.each([
  ['state=Active', 'state: must be one of active, disabled, expired'],
  ['state=deleted', 'state: must be one of active, disabled, expired'],
  ['accessLevel=all', 'accessLevel: must be one of read, read-write, full'],
  ['serviceUserId=1', 'serviceUserId: must be the id of a service user, such as su_…'],
  ['unusedDays=31', 'unusedDays: must be one of 30, 90'],
  ['isAnyAddress=false', 'isAnyAddress: must be true, or absent'],
  ['neverExpires=', 'neverExpires: must be true, or absent'],
  ['sort=id', 'sort: must be one of name, -name, expires, -expires, lastUsed, -lastUsed, created, -created'],
  ['limit=0', 'limit: must be a whole number from 1 to 200'],
  ['limit=201', 'limit: must be a whole number from 1 to 200'],
  ['cursor=x', 'cursor: must be a nextCursor of this list, in the same order'],
  [`name=${'x'.repeat(101)}`, 'name: Use 100 characters at most.'],
  ['name=%00', 'name: Use plain text.'],
  ['organizationId=org_1', 'there is no parameter "organizationId" here.'],
  ['sort=name&sort=name', 'the parameter "sort" may come once.'],
])('%s is refused with its reason', async (query, reason) => {
  const { status, body } = await ask(running.url, 'GET', `/v1/service-keys?${query}`, { token })
  expect([status, body.detail]).toEqual([400, `Query string: ${reason}`])
})

test('a cursor of another order, or of another list, goes nowhere', async () => {
  const { nextCursor } = await page('sort=name&limit=1')
  for (const path of [
    `/v1/service-keys?sort=-name&cursor=${nextCursor}`,
    `/v1/requests?cursor=${nextCursor}`,
  ])
    expect((await ask(running.url, 'GET', path, { token })).status).toBe(400)
})
