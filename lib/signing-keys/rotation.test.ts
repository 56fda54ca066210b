import { createPublicKey } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { issue } from '@/lib/organization-keys/issue'
import { reveal } from '@/lib/organization-keys/reveal'
import { hasValidSignature, parseSecret } from '@/lib/organization-keys/secret'

const start = new Date('2026-03-01T10:00:00Z')
const [minute, day] = [60_000, 86_400_000]
const at = (ms: number) => new Date(start.getTime() + ms)
const expected = { issuer: 'http://localhost:3000', audience: 'http://localhost:3001' }

const { owner } = await testDatabase()
let admins: { actor: UserActor; keyId: string }[]
let count = 0

/** Five organizations, so that nothing but the rotation itself keeps 50 reveals apart. */
beforeEach(async () => {
  await owner`delete from signing_keys`
  admins = []
  for (let i = 0; i < 5; i++) {
    const organizationId = await createOrganization({ name: `Org ${++count}` })
    const actor = await createMember(organizationId, { email: `a${count}@example.com`, role: 'admin' })
    const outcome = await issue({}, actor, start)
    if (!outcome.ok) throw new Error(outcome.reason)
    admins.push({ actor, keyId: outcome.value.keyId })
  }
})

/** Reveals at `now` and answers the parsed Secret. */
async function revealed(now: Date, i = 0) {
  const { actor, keyId } = admins[i % admins.length] as (typeof admins)[number]
  const outcome = await reveal({ keyId }, { ...actor, steppedUpAt: now }, now)
  if (!outcome.ok) throw new Error(outcome.reason)
  const secret = parseSecret(outcome.value.secret, expected)
  if (!secret) throw new Error('not a Secret')
  return secret
}

const fifty = (now: Date) => Promise.all(Array.from({ length: 50 }, (_, i) => revealed(now, i)))
const keys = async () => owner`select kid, created_at, retired_at, public_jwk,
  sealed_private_key is not null as private from signing_keys order by created_at`
const kids = (secrets: { kid: string }[]) => [...new Set(secrets.map((secret) => secret.kid))]

async function verifies(secret: Awaited<ReturnType<typeof revealed>>): Promise<boolean> {
  const row = (await keys()).find((key) => key.kid === secret.kid)
  return hasValidSignature(secret, createPublicKey({ key: row?.public_jwk, format: 'jwk' }))
}

describe('50 parallel reveals', () => {
  test('make exactly one first key', async () => {
    const secrets = await fifty(start)
    expect(await keys()).toHaveLength(1)
    expect(kids(secrets)).toHaveLength(1)
  })

  test('make exactly one new key at the moment when rotation is due, and sign with the old one', async () => {
    const [old] = kids([await revealed(start)])
    const secrets = await fifty(at(90 * day))
    expect(kids(secrets)).toEqual([old])
    expect(await keys()).toMatchObject([
      { kid: old, private: true },
      { created_at: at(90 * day), private: true },
    ])
  })

  test('10 minutes later sign with the new key; the old private key is destroyed, old Secrets verify', async () => {
    const early = await revealed(start)
    await revealed(at(90 * day))
    const last = await revealed(at(90 * day + 10 * minute - 1))
    expect(last.kid).toBe(early.kid)
    const moment = at(90 * day + 10 * minute)
    const secrets = await fifty(moment)
    const rows = await keys()
    expect(rows).toMatchObject([
      { kid: early.kid, private: false, retired_at: moment },
      { created_at: at(90 * day), private: true, retired_at: null },
    ])
    expect(kids(secrets)).toEqual([rows[1]?.kid])
    for (const secret of [early, last, ...secrets.slice(0, 5)]) expect(await verifies(secret)).toBe(true)
  })
})

test('a process whose clock is behind signs on while another retires its key', async () => {
  const moment = 90 * day + 10 * minute
  for (let round = 0; round < 15; round++) {
    await owner`delete from signing_keys`
    await revealed(start)
    await revealed(at(90 * day))
    const secrets = await Promise.all(
      Array.from({ length: 10 }, (_, i) => revealed(at(i === 5 ? moment : moment - 1), i)),
    )
    for (const secret of secrets) expect(await verifies(secret)).toBe(true)
    expect((await keys()).map((key) => key.private)).toEqual([false, true])
  }
})
