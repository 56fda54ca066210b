import { beforeEach, expect, test } from 'vitest'
import { addMember, createMember, createOrganization } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { sendDue } from '@/lib/notices/mail/send-due'
import { addKeyUse, noticesOf } from '@/lib/notices/testing/organization'
import { day, hour } from '@/lib/notices/testing/sweeps'
import { deleteKey } from '@/lib/organization-keys/delete'
import { issue } from '@/lib/organization-keys/issue'
import { removeExpiration } from '@/lib/organization-keys/remove-expiration'
import { restoreExpiration } from '@/lib/organization-keys/restore-expiration'
import { reveal } from '@/lib/organization-keys/reveal'
import { revoke } from '@/lib/organization-keys/revoke'
import { setExpiry } from '@/lib/organization-keys/set-expiry'
import { until } from '@/lib/verify/testing/until'

const { owner, mail } = await testDatabaseWithMail()
const start = new Date('2026-03-01T10:00:00Z')
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)
let organizationId: string
let [ann, ben, eva]: UserActor[] = []
let keyId: string
let count = 0

const admin = (name: string) =>
  createMember(organizationId, { email: `${name}${count}@example.com`, name, role: 'admin' })

beforeEach(async () => {
  mail.mood = 'up'
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

/** What was told of the key after it was made. */
const sinceIssued = async () => (await noticesOf(owner, keyId)).slice(1)

test('a key that is made by hand tells all other admins once, and an attempt beside it nobody', async () => {
  expect(await issue({}, admins()[1], later(hour))).toMatchObject({ reason: 'already-active' })
  expect(await noticesOf(owner, keyId)).toEqual([
    {
      kind: 'organization-key-issued',
      occasion: expect.any(String),
      facts: { ...acted(), expiresAt: later(365 * day).toISOString() },
      recipients: others(),
    },
  ])
})

test('each reveal tells all other admins, who did it from where, and nobody who is refused', async () => {
  await reveal({ keyId }, admins()[0], later(hour))
  expect(await sinceIssued()).toEqual([])
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
  expect(await sinceIssued()).toEqual([told, told])
})

test('a revocation tells all other admins until when the old key works and which one is the next', async () => {
  await revoke({ keyId }, admins()[0], later(day))
  await revoke({ keyId }, admins()[1], later(day))
  expect(await sinceIssued()).toMatchObject([
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
  expect(await sinceIssued()).toMatchObject([
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

test('a restored expiration tells all other admins the end and the replacement before it, once', async () => {
  expect(await restoreExpiration({ keyId }, admins()[0], later(hour))).toMatchObject({
    reason: 'not-removed',
  })
  await removeExpiration({ keyId }, admins()[0], later(2 * hour))
  const expiresAt = later(41 * day)
  await restoreExpiration({ keyId, expiresAt }, admins()[0], later(day))
  await restoreExpiration({ keyId, expiresAt }, admins()[1], later(day))
  expect((await sinceIssued()).slice(1)).toMatchObject([
    {
      kind: 'organization-key-expiration-restored',
      // Half of the forty days that its life has from then on.
      facts: {
        ...acted(),
        expiresAt: expiresAt.toISOString(),
        nextReplacement: later(21 * day).toISOString(),
      },
      recipients: others(),
    },
  ])
})

test('a deletion of a key that is still accepted tells all other admins until when it would have been', async () => {
  await addKeyUse(owner, { organizationId, keyId, at: later(hour) })
  expect(await deleteKey({ keyId }, admins()[0], later(day))).toMatchObject({ reason: 'still-active' })
  await revoke({ keyId }, admins()[0], later(day))
  await deleteKey({ keyId }, admins()[0], later(2 * day))
  await deleteKey({ keyId }, admins()[1], later(2 * day))
  expect((await sinceIssued()).slice(1)).toMatchObject([
    {
      kind: 'organization-key-deleted',
      facts: {
        ...acted(),
        lastUse: { at: later(hour).toISOString() },
        wouldHaveWorkedUntil: later(31 * day).toISOString(),
      },
      recipients: others(),
    },
  ])
})

test('a deletion of a key that was refused already tells nobody', async () => {
  await revoke({ keyId }, admins()[0], later(day))
  expect(await deleteKey({ keyId }, admins()[0], later(31 * day))).toMatchObject({ ok: true })
  expect((await sinceIssued()).map(({ kind }) => kind)).toEqual(['organization-key-revoked'])
})

test('the mail of a deletion waits while mail is down, and goes out although its key is gone', async () => {
  await revoke({ keyId }, admins()[0], later(day))
  mail.mood = 'refusing'
  await deleteKey({ keyId }, admins()[0], later(2 * day))
  await sendDue(later(2 * day), { patienceMs: 500 })
  const subjects = () => mail.to(`ben${count}@example.com`).map(({ subject }) => subject)
  expect(subjects()).toEqual([])
  mail.mood = 'up'
  await sendDue(later(3 * day), { patienceMs: 500 })
  expect(subjects().filter((subject) => subject.includes('deleted'))).toEqual([
    `Org ${count}: ann deleted an old organization key that still worked`,
  ])
})

test('an admin without others tells nobody', async () => {
  await owner`delete from memberships where organization_id = ${organizationId} and user_id <> ${admins()[0].userId}`
  await revoke({ keyId }, admins()[0], later(day))
  expect(await sinceIssued()).toEqual([])
})

test('what nobody in person did is told to every admin', async () => {
  await revoke({ keyId }, { kind: 'system', organizationId }, later(day))
  expect(await sinceIssued()).toMatchObject([
    {
      facts: { by: 'Keyturn', byEmail: null, from: null },
      recipients: [...others(), admins()[0].userId].sort(),
    },
  ])
})

const waiting = () =>
  owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

test.each(['issue', 'reveal', 'revoke', 'remove the expiration'])(
  'to %s waits for an admin who is joining elsewhere without keeping them from the audit log',
  async (what) => {
    const verbs: Record<string, () => Promise<{ ok: boolean }>> = {
      issue: () => issue({}, admins()[0], later(400 * day)),
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
