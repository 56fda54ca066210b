import { createHash, createPublicKey } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { parseKeyText } from '@/lib/keys/token'
import { deleteKey } from './delete'
import { issue } from './issue'
import { day } from './lifecycle'
import { listKeys } from './list'
import { removeExpiration } from './remove-expiration'
import { restoreExpiration } from './restore-expiration'
import { reveal } from './reveal'
import { revoke } from './revoke'
import { hasValidSignature, parseSecret } from './secret'
import { setExpiry } from './set-expiry'
import { setReplacementInterval } from './set-replacement-interval'

const start = new Date('2026-03-01T10:00:00Z')
const dayN = (days: number) => new Date(start.getTime() + days * day)
const expected = { issuer: 'http://localhost:3000', audience: 'http://localhost:3001' }

const { owner } = await testDatabase()
let admin: UserActor
let other: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  admin = await createMember(organizationId, { email: `a${count}@example.com`, name: 'Ann', role: 'admin' })
  other = await createMember(organizationId, { email: `b${count}@example.com`, name: 'Ben', role: 'admin' })
})

const steppedUp = (at: Date): UserActor => ({ ...admin, steppedUpAt: at })

async function issued(at = start): Promise<string> {
  const outcome = await issue({}, admin, at)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.keyId
}

async function revealed(keyId: string, at: Date) {
  const outcome = await reveal({ keyId }, steppedUp(at), at)
  if (!outcome.ok) throw new Error(outcome.reason)
  const secret = parseSecret(outcome.value.secret, expected)
  if (!secret) throw new Error('not a Secret')
  return { ...outcome.value, parsed: secret }
}

const events = async () =>
  (
    await owner`select action, subject_id, details from audit_events where chain = ${organizationId} order by sequence`
  ).map((row) => row.action as string)

describe('issue', () => {
  test('makes the first key, for the days of the replacement interval', async () => {
    await setReplacementInterval({ days: 90 }, admin, start)
    await issued()
    const { keys } = await listKeys(organizationId, start)
    expect(keys).toMatchObject([{ state: 'active', createdBy: 'Ann', expiresAt: dayN(90).toISOString() }])
    expect(await events()).toEqual(['organization.replacement-interval-set', 'organization-key.issued'])
  })

  test('refuses beside an active key and replaces an expired one', async () => {
    const first = await issued()
    expect(await issue({}, admin, dayN(10))).toMatchObject({ ok: false, reason: 'already-active' })
    const second = await issued(dayN(365))
    const { keys } = await listKeys(organizationId, dayN(365))
    expect(keys.map((key) => [key.id, key.state])).toEqual([
      [second, 'active'],
      [first, 'expired'],
    ])
  })

  test('100 at once make one key', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => issue({}, admin, start)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect((await listKeys(organizationId, start)).keys).toHaveLength(1)
  })
})

describe('revoke', () => {
  test('keeps the old key for 30 days beside its successor', async () => {
    const old = await issued()
    const outcome = await revoke({ keyId: old }, admin, dayN(100))
    expect(outcome).toMatchObject({ ok: true, value: { acceptedUntil: dayN(130) } })
    const { keys } = await listKeys(organizationId, dayN(129))
    expect(keys.map((key) => key.state)).toEqual(['active', 'retiring'])
    expect((await listKeys(organizationId, dayN(130))).keys.map((key) => key.state)).toEqual([
      'active',
      'revoked',
    ])
  })

  test('tells the second admin who was first', async () => {
    const old = await issued()
    await revoke({ keyId: old }, admin, dayN(1))
    expect(await revoke({ keyId: old }, other, dayN(2))).toEqual({
      ok: false,
      reason: 'already-revoked',
      details: { by: 'Ann', at: dayN(1) },
    })
  })

  test('two admins at the same moment, 200 times: one successor each time', async () => {
    let keyId = await issued()
    for (let round = 0; round < 200; round++) {
      const at = new Date(dayN(1).getTime() + round * 60_000)
      const outcomes = await Promise.all([revoke({ keyId }, admin, at), revoke({ keyId }, other, at)])
      const won = outcomes.filter((outcome) => outcome.ok)
      expect(won).toHaveLength(1)
      expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
        reason: 'already-revoked',
        details: { at },
      })
      keyId = won[0]?.ok ? won[0].value.successorId : ''
    }
    const [row] =
      await owner`select count(*)::int as keys, count(*) filter (where successor_id is null)::int as current
      from organization_keys where organization_id = ${organizationId}`
    expect(row).toEqual({ keys: 201, current: 1 })
  })

  test('refuses an expired key', async () => {
    const keyId = await issued()
    expect(await revoke({ keyId }, admin, dayN(365))).toMatchObject({ reason: 'expired' })
  })
})

describe('tenants', () => {
  test("another organization's key looks exactly like an absent one, and leaves no event", async () => {
    const keyId = await issued()
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    const stranger = {
      ...(await createMember(elsewhere, { email: `s${count}@example.com`, role: 'admin' })),
      steppedUpAt: start,
    }
    const absent = 'key_0000000000000000000000'
    const before = await events()
    for (const attempt of [
      (id: string) => revoke({ keyId: id }, stranger, start),
      (id: string) => reveal({ keyId: id }, stranger, start),
      (id: string) => deleteKey({ keyId: id }, stranger, start),
      (id: string) => setExpiry({ keyId: id, expiresAt: dayN(5) }, stranger, start),
      (id: string) => removeExpiration({ keyId: id }, stranger, start),
      (id: string) => restoreExpiration({ keyId: id }, stranger, start),
    ]) {
      const [foreign, missing] = [await attempt(keyId), await attempt(absent)]
      expect(foreign).toEqual({ ok: false, reason: 'not-found', details: undefined })
      expect(foreign).toEqual(missing)
    }
    expect(await events()).toEqual(before)
    expect((await listKeys(elsewhere, start)).keys).toEqual([])
  })
})

describe('reveal', () => {
  test('shows a signed Secret whose second claim is client_secret', async () => {
    const keyId = await issued()
    const { apiKey, parsed, secret } = await revealed(keyId, dayN(3))
    expect(Object.keys(parsed.claims)).toEqual(['client_id', 'client_secret', 'iat', 'exp', 'iss', 'aud'])
    expect(parsed.claims.client_secret).toBe(apiKey)
    expect(parseKeyText(apiKey)).toBe('org')
    expect(parsed.claims.iat).toBe(Date.UTC(2026, 2, 4) / 1000)
    expect(parsed.claims.exp).toBe(dayN(365).getTime() / 1000)
    const [row] = await owner`select public_jwk from signing_keys where kid = ${parsed.kid}`
    const publicKey = createPublicKey({ key: row?.public_jwk, format: 'jwk' })
    expect(hasValidSignature(parsed, publicKey)).toBe(true)
    expect(secret.split('.')).toHaveLength(3)
  })

  test('the text changes with the UTC day, the API key does not', async () => {
    const keyId = await issued()
    const morning = await revealed(keyId, new Date('2026-03-05T00:00:00Z'))
    const evening = await revealed(keyId, new Date('2026-03-05T23:59:59Z'))
    const nextDay = await revealed(keyId, new Date('2026-03-06T00:00:00Z'))
    expect(evening.secret).toBe(morning.secret)
    expect(nextDay.secret).not.toBe(morning.secret)
    expect(nextDay.apiKey).toBe(morning.apiKey)
  })

  test('needs a step-up of the last 10 minutes', async () => {
    const keyId = await issued()
    const minutes = (n: number) => new Date(start.getTime() + n * 60_000)
    expect(await reveal({ keyId }, admin, start)).toMatchObject({ reason: 'step-up-required' })
    expect(await reveal({ keyId }, steppedUp(start), minutes(10))).toMatchObject({
      reason: 'step-up-required',
    })
    expect((await reveal({ keyId }, steppedUp(start), new Date(minutes(10).getTime() - 1))).ok).toBe(true)
    expect(await events()).toEqual(['organization-key.issued', 'organization-key.revealed'])
  })

  test('a retiring key carries the end of its grace, an ended one is not shown', async () => {
    const keyId = await issued()
    await revoke({ keyId }, admin, dayN(1))
    expect((await revealed(keyId, dayN(2))).parsed.claims.exp).toBe(dayN(31).getTime() / 1000)
    expect(await reveal({ keyId }, steppedUp(dayN(31)), dayN(31))).toMatchObject({ reason: 'not-accepted' })
  })
})

describe('expiration', () => {
  test('after its removal new Secrets have no exp; restoring brings the old date back', async () => {
    const keyId = await issued()
    await removeExpiration(
      { keyId, reason: 'No one reads the alerts', reviewOn: '2026-12-01' },
      admin,
      dayN(1),
    )
    expect((await revealed(keyId, dayN(2))).parsed.claims).not.toHaveProperty('exp')
    expect((await listKeys(organizationId, dayN(800))).keys).toMatchObject([
      {
        state: 'active',
        expiresAt: null,
        deadline: null,
        expirationReason: 'No one reads the alerts',
      },
    ])
    expect(await removeExpiration({ keyId }, admin, dayN(3))).toMatchObject({ reason: 'already-removed' })
    await restoreExpiration({ keyId }, admin, dayN(4))
    expect((await revealed(keyId, dayN(4))).parsed.claims.exp).toBe(dayN(365).getTime() / 1000)
    expect(await restoreExpiration({ keyId }, admin, dayN(5))).toMatchObject({ reason: 'not-removed' })
  })

  test('may be chosen between now and a year after creation', async () => {
    const keyId = await issued()
    const set = (expiresAt: Date) => setExpiry({ keyId, expiresAt }, admin, dayN(1))
    expect(await set(dayN(1))).toMatchObject({ reason: 'in-the-past' })
    expect(await set(new Date(dayN(365).getTime() + 1000))).toMatchObject({
      reason: 'too-late',
      details: { latest: dayN(365) },
    })
    expect((await set(dayN(30))).ok).toBe(true)
    expect((await set(dayN(365))).ok).toBe(true)
    await revoke({ keyId }, admin, dayN(2))
    expect(await set(dayN(20))).toMatchObject({ reason: 'not-active' })
  })
})

describe('delete', () => {
  test('refuses an active key; destroys the secret material and keeps a tombstone', async () => {
    const keyId = await issued()
    expect(await deleteKey({ keyId }, admin, dayN(1))).toMatchObject({ reason: 'still-active' })
    await revoke({ keyId }, admin, dayN(2))
    expect((await deleteKey({ keyId }, other, dayN(3))).ok).toBe(true)
    expect((await listKeys(organizationId, dayN(3))).keys.map((key) => key.id)).not.toContain(keyId)
    const [row] =
      await owner`select sealed_api_key, deleted_at, deleted_by, successor_id from organization_keys where id = ${keyId}`
    expect(row).toMatchObject({ sealed_api_key: null, deleted_at: dayN(3), deleted_by: other.userId })
    expect(row?.successor_id).toBeTruthy()
    expect(await deleteKey({ keyId }, admin, dayN(4))).toMatchObject({ reason: 'not-found' })
  })
})

describe('what Postgres itself refuses', () => {
  test('a second current key, a longer grace, a key that expires before it was made, a changed digest', async () => {
    const keyId = await issued()
    const { successorId } = await revoke({ keyId }, admin, dayN(1)).then((o) =>
      o.ok ? o.value : Promise.reject(o),
    )
    const digest = createHash('sha256').update('x').digest()
    await expect(
      owner`insert into organization_keys (id, organization_id, generation, lookup_digest, sealed_api_key, masked_prefix, last4, created_at, expires_at)
        values ('key_x', ${organizationId}, 99, ${digest}, 'v1.a.b.c', 'kt_org_abcd', 'wxyz', ${start}, ${dayN(9)})`,
    ).rejects.toThrow('organization_keys_one_current')
    await expect(
      owner`update organization_keys set accepted_until = ${dayN(90)} where id = ${keyId}`,
    ).rejects.toThrow('final')
    await expect(
      owner`update organization_keys set expires_at = ${dayN(-1)} where id = ${successorId}`,
    ).rejects.toThrow('organization_keys_expires_after_creation')
    await expect(
      owner`update organization_keys set expires_at = null where id = ${successorId}`,
    ).rejects.toThrow('never_expires_by_removal')
    await expect(
      owner`update organization_keys set lookup_digest = ${digest} where id = ${successorId}`,
    ).rejects.toThrow('final')
  })

  test('any change to a recorded event, by anyone', async () => {
    await issued()
    await expect(owner`update audit_events set actor_name = 'nobody'`).rejects.toThrow('append-only')
    await expect(owner`delete from audit_events`).rejects.toThrow('append-only')
    await expect(db().execute('create table mine (id int)')).rejects.toThrow()
  })
})
