import { afterAll, beforeAll, test } from 'vitest'
import { createMember } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { setIsoUtcFormat } from '@/lib/settings/set-iso-utc-format'
import { setRequestIdHeader } from '@/lib/settings/set-request-id-header'
import { setTimeZone } from '@/lib/settings/set-time-zone'
import { insertKey, insertOrganization, insertSigner, secretOf } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { type ApiProcess, spawnApi } from './testing/processes'

const { database, owner } = await testDatabase()
let admin: UserActor
let token = ''
let processes: ApiProcess[] = []

beforeAll(async () => {
  const signer = await insertSigner(owner)
  const organizationId = await insertOrganization(owner, { isoUtcFormat: false })
  const createdAt = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000)
  const key = await insertKey(owner, organizationId, { createdAt })
  token = secretOf(key, signer)
  admin = await createMember(organizationId, { email: 'ann@example.com', role: 'admin' })
  processes = await Promise.all([spawnApi(database.url), spawnApi(database.url)])
  await Promise.all(processes.map((api) => api.ready()))
})

afterAll(() => {
  for (const { child } of processes) child.kill('SIGKILL')
})

/** Asks both processes until each answers so, for a second at the most. */
async function reaches(
  path: string,
  holds: (answer: Response) => boolean | Promise<boolean>,
  headers: Record<string, string> = {},
) {
  await Promise.all(
    processes.map(({ url }) =>
      until(async () => {
        const sent = { authorization: `Bearer ${token}`, ...headers }
        return holds(await fetch(url + path, { headers: sent }))
      }, 1_000),
    ),
  )
}

const expiresAt = async (answer: Response) =>
  ((await answer.json()) as { data: { expiresAt: string } }).data.expiresAt

test('the time zone and ISO 8601 UTC Format', async () => {
  await reaches('/v1/whoami', async (answer) => (await expiresAt(answer)).endsWith('T00:00:00'))
  await setTimeZone({ from: 'UTC', timeZone: 'Asia/Kathmandu' }, admin)
  await reaches('/v1/whoami', async (answer) => (await expiresAt(answer)).endsWith('T05:45:00'))
  await setIsoUtcFormat({ on: true }, admin)
  await reaches('/v1/whoami', async (answer) => (await expiresAt(answer)).endsWith('T00:00:00Z'))
  await reaches(
    '/v1/authz/forward-auth',
    (answer) => answer.headers.get('x-date-time-format') === 'iso-8601-utc',
  )
})

test('Custom Header Name', async () => {
  await setRequestIdHeader({ from: 'X-Customer-Request-Id', name: 'X-Trace' }, admin)
  const both = { 'x-trace': 'order-4711', 'x-customer-request-id': 'order-4711' }
  await reaches(
    '/v1/whoami',
    ({ headers }) => headers.get('x-trace') === 'order-4711' && headers.get('x-customer-request-id') === null,
    both,
  )
})

test('the media limit, a temporary one, and its end', async () => {
  const limitIs = (bytes: number) =>
    reaches('/v1/authz/forward-auth', (answer) => answer.headers.get('x-media-limit-bytes') === String(bytes))
  await limitIs(5_242_880)
  await owner`update organizations set media_limit_bytes = 6000000`
  await limitIs(6_000_000)
  await owner`update organizations set temporary_media_limit_bytes = 7000000,
    temporary_media_limit_ends_at = now() + interval '2 seconds'`
  await limitIs(7_000_000)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await limitIs(6_000_000)
})
