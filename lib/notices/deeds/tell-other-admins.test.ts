import { beforeEach, expect, test } from 'vitest'
import { addMember, createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { addKeyUse, noticesOf } from '@/lib/notices/testing/organization'
import { day, hour } from '@/lib/notices/testing/sweeps'
import { issue } from '@/lib/organization-keys/issue'
import { removeExpiration } from '@/lib/organization-keys/remove-expiration'
import { reveal } from '@/lib/organization-keys/reveal'
import { revoke } from '@/lib/organization-keys/revoke'
import { setExpiry } from '@/lib/organization-keys/set-expiry'
import { until } from '@/lib/verify/testing/until'

const { owner } = await testDatabase()
const start = new Date('2026-03-01T10:00:00Z')
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)
let organizationId: string
let [ann, ben, eva]: UserActor[] = []
let keyId: string
let count = 0

const admin = (name: string) =>
  createMember(organizationId, { email: `${name}${count}@example.com`, name, role: 'admin' })

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ;[ann, ben, eva] = [await admin('ann'), await admin('ben'), await admin('eva')]
  await createMember(organizationId, { email: `dan${count}@example.com`, role: 'developer' })
  // An admin of another organization hears nothing of this one.
  await addMember(await createOrganization({ name: `Other ${count}` }), admins()[1].userId, 'admin')
  const outcome = await issue({}, admins()[0], start)
  if (!outcome.ok) throw new Error(outcome.reason)
  keyId = outcome.value.keyId
})

function admins(): [UserActor, UserActor, UserActor] {
  if (!ann || !ben || !eva) throw new Error('not made yet')
  return [ann, ben, eva]
}

const steppedUp = (at: Date): UserActor => ({ ...admins()[0], steppedUpAt: at })
const others = () =>
  admins()
    .slice(1)
    .map(({ userId }) => userId)
    .sort()

const acted = () => ({
  key: expect.stringMatching(/^kt_org_\w{4}…\w{4}$/),
  by: 'ann',
  byEmail: `ann${count}@example.com`,
  from: '203.0.113.7',
  lastUse: null,
})

test('each reveal tells all other admins, who did it from where, and nobody who is refused', async () => {
  await reveal({ keyId }, admins()[0], later(hour))
  expect(await noticesOf(owner, keyId)).toEqual([])
  await addKeyUse(owner, { organizationId, keyId, at: later(hour) })
  await reveal({ keyId }, steppedUp(later(2 * hour)), later(2 * hour))
  await reveal({ keyId }, steppedUp(later(2 * hour)), later(2 * hour))
  const lastUse = { at: later(hour).toISOString(), address: '198.51.100.20', userAgent: 'acme/3.1' }
  const told = {
    kind: 'organization-key-revealed',
    occasion: expect.any(String),
    facts: { ...acted(), lastUse },
    recipients: others(),
  }
  expect(await noticesOf(owner, keyId)).toEqual([told, told])
})

test('a revocation tells all other admins until when the old key works and which one is the next', async () => {
  await revoke({ keyId }, admins()[0], later(day))
  await revoke({ keyId }, admins()[1], later(day))
  expect(await noticesOf(owner, keyId)).toMatchObject([
    {
      kind: 'organization-key-revoked',
      facts: {
        ...acted(),
        acceptedUntil: later(31 * day).toISOString(),
        successor: expect.stringMatching(/^kt_org_\w{4}…\w{4}$/),
      },
      recipients: others(),
    },
  ])
})

test('a removal of the expiration tells all other admins why, and other changes of it nobody', async () => {
  await setExpiry({ keyId, expiresAt: later(100 * day) }, admins()[0], later(hour))
  await removeExpiration({ keyId, reason: 'The ERP cannot be changed' }, admins()[0], later(day))
  await removeExpiration({ keyId }, admins()[1], later(day))
  expect(await noticesOf(owner, keyId)).toMatchObject([
    {
      kind: 'organization-key-expiration-removed',
      facts: {
        ...acted(),
        wouldHaveExpiredAt: later(100 * day).toISOString(),
        reason: 'The ERP cannot be changed',
      },
      recipients: others(),
    },
  ])
})

test('an admin without others tells nobody', async () => {
  await owner`delete from memberships where organization_id = ${organizationId} and user_id <> ${admins()[0].userId}`
  await revoke({ keyId }, admins()[0], later(day))
  expect(await noticesOf(owner, keyId)).toEqual([])
})

test('what nobody in person did is told to every admin', async () => {
  await revoke({ keyId }, { kind: 'system', organizationId }, later(day))
  expect(await noticesOf(owner, keyId)).toMatchObject([
    {
      facts: { by: 'Keyturn', byEmail: null, from: null },
      recipients: [...others(), admins()[0].userId].sort(),
    },
  ])
})

const waiting = () =>
  owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

test.each(['reveal', 'revoke', 'remove the expiration'])(
  'to %s waits for an admin who is joining elsewhere without keeping them from the audit log',
  async (what) => {
    const verbs: Record<string, () => Promise<{ ok: boolean }>> = {
      reveal: () => reveal({ keyId }, steppedUp(later(day)), later(day)),
      revoke: () => revoke({ keyId }, admins()[0], later(day)),
      'remove the expiration': () => removeExpiration({ keyId }, admins()[0], later(day)),
    }
    const outcome = await owner.begin(async (joining) => {
      await joining`select 1 from users where id = ${admins()[1].userId} for update`
      const acting = verbs[what]?.()
      await until(async () => (await waiting()).length > 0)
      await joining`select 1 from audit_heads where chain = ${organizationId} for update nowait`
      return { acting }
    })
    expect(await outcome.acting).toMatchObject({ ok: true })
  },
)
