import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { day } from '@/lib/organization-keys/lifecycle'
import { replaceDue } from '@/lib/organization-keys/replace-due'
import { reveal } from '@/lib/organization-keys/reveal'
import { organizationWithKey } from '@/lib/organization-keys/testing/schedule'
import { until } from '@/lib/verify/testing/until'
import { ask } from './testing/ask'
import { startApi } from './testing/running-api'

const start = new Date('2026-03-01T10:00:00Z')
const dayN = (days: number, ms = 0) => new Date(start.getTime() + days * day + ms)
let clock = start

const { database, owner } = await testDatabase()
const running = await startApi({ databaseUrl: database.url, now: () => clock.getTime() })
afterAll(() => running.stop())
const { organizationId, admin, keyId } = await organizationWithKey(owner, start)

async function secretOf(id: string, at: Date): Promise<string> {
  const revealed = await reveal({ keyId: id }, { ...admin, steppedUpAt: at }, at)
  if (!revealed.ok) throw new Error(revealed.reason)
  return revealed.value.secret
}
async function answers(at: Date, tokens: readonly string[]) {
  clock = at
  const all = await Promise.all(tokens.map((token) => ask(running.url, 'GET', '/v1/whoami', { token })))
  return all.map(({ status }) => status)
}

test('both keys are accepted from the replacement to the printed expiry, and then the successor', async () => {
  await until(() => running.keeper.list.key(keyId) !== undefined)
  const printed = await secretOf(keyId, start)
  expect(await answers(dayN(335, -1), [printed])).toEqual([200])

  await replaceDue(dayN(335))
  const [successor] = await owner`select id from organization_keys
    where organization_id = ${organizationId} and successor_id is null`
  await until(() => running.keeper.list.key(successor?.id) !== undefined)
  const fresh = await secretOf(successor?.id, dayN(335))
  const again = await secretOf(keyId, dayN(335))
  for (const at of [dayN(335), dayN(350), dayN(365, -1)])
    expect(await answers(at, [printed, fresh, again])).toEqual([200, 200, 200])
  expect(await answers(dayN(365), [printed, fresh, again])).toEqual([401, 200, 401])
})
