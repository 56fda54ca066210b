import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import type { Cut } from '@/db/testing/line'
import { testDatabaseThroughLine } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { UserActor } from '@/lib/auth/actor'
import { deleteKey } from './delete'
import { issue } from './issue'
import { reveal } from './reveal'
import { revoke } from './revoke'

const start = new Date('2026-03-01T10:00:00Z')
const later = (days: number) => new Date(start.getTime() + days * 86_400_000)

const { owner, cutOff } = await testDatabaseThroughLine()
let admin: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  admin = await createMember(organizationId, { email: `a${count}@example.com`, role: 'admin' })
})

async function facts() {
  const keys =
    await owner`select id, revoked_at, accepted_until, successor_id, deleted_at, sealed_api_key is null as destroyed
    from organization_keys where organization_id = ${organizationId} order by generation`
  const events =
    await owner`select action, subject_id, details from audit_events where chain = ${organizationId} order by sequence`
  const signers = await owner`select kid from signing_keys where sealed_private_key is not null`
  return { keys: [...keys], events: [...events], signers: [...signers] }
}

/** What has to be true at any moment at all. */
async function expectNothingHalfDone(): Promise<void> {
  const { keys, events, signers } = await facts()
  const live = keys.filter((key) => !key.deleted_at)
  expect(live.filter((key) => !key.successor_id).length).toBe(live.length > 0 ? 1 : 0)
  const happened = (action: string) => events.filter((event) => event.action === `organization-key.${action}`)
  const byRevoking = happened('revoked').map((event) => event.details.successorId)
  expect([...happened('issued').map((event) => event.subject_id), ...byRevoking].sort()).toEqual(
    keys.map((key) => key.id).sort(),
  )
  for (const [action, column] of [
    ['revoked', 'revoked_at'],
    ['deleted', 'deleted_at'],
  ] as const)
    expect(
      happened(action)
        .map((event) => event.subject_id)
        .sort(),
    ).toEqual(
      keys
        .filter((key) => key[column])
        .map((key) => key.id)
        .sort(),
    )
  for (const key of keys) expect(key.destroyed).toBe(key.deleted_at !== null)
  expect(signers.length).toBeLessThanOrEqual(1)
  expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: events.length } })
}

/**
 * Runs `verb` with the connection cut at `cut`, then checks that it happened wholly or not at all.
 * Answers whether there was anything left to cut at that point.
 */
async function cutOffVerb(cut: Cut, verb: () => Promise<{ ok: boolean }>): Promise<boolean> {
  const before = await facts()
  const { outcome, wasCut } = await cutOff(cut, verb)
  await expectNothingHalfDone()
  const events = (await facts()).events.length - before.events.length
  expect([0, 1]).toContain(events)
  if (outcome?.ok) expect(events).toBe(1)
  if (events === 0) expect(await facts()).toEqual(before)
  return wasCut
}

const ok = <T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}
const current = async () => {
  const [key] = await owner`select id from organization_keys
    where organization_id = ${organizationId} and successor_id is null and deleted_at is null`
  return key?.id as string
}

for (const when of ['before', 'after'] as const)
  describe(`the connection is cut at every statement, ${when} the server has it:`, () => {
    /** Cuts at the first message, the second … until the verb gets through. */
    async function everywhere(prepare: () => Promise<() => Promise<{ ok: boolean }>>): Promise<number> {
      let at = 1
      while (await cutOffVerb({ at, when }, await prepare())) at++
      return at - 1
    }

    test('issue', async () => {
      const places = await everywhere(async () => {
        organizationId = await createOrganization({ name: `Org ${++count}` })
        admin = { ...admin, organizationId }
        return () => issue({}, admin, start)
      })
      expect(places).toBeGreaterThan(8)
    })

    test('revoke; and the next one works', async () => {
      ok(await issue({}, admin, start))
      let round = 0
      const places = await everywhere(async () => {
        const keyId = await current()
        const at = later(++round)
        return () => revoke({ keyId }, admin, at)
      })
      expect(places).toBeGreaterThan(8)
      const keyId = await current()
      const { successorId } = ok(await revoke({ keyId }, admin, later(60)))
      expect(await current()).toBe(successorId)
      await expectNothingHalfDone()
    })

    test('reveal, the first one of all with its signing key included', async () => {
      const { keyId } = ok(await issue({}, admin, start))
      const places = await everywhere(async () => {
        await owner`delete from signing_keys`
        return () => reveal({ keyId }, { ...admin, steppedUpAt: start }, start)
      })
      expect(places).toBeGreaterThan(8)
    })

    test('delete', async () => {
      ok(await issue({}, admin, start))
      let round = 0
      const places = await everywhere(async () => {
        const keyId = await current()
        ok(await revoke({ keyId }, admin, later(++round)))
        return () => deleteKey({ keyId }, admin, later(round))
      })
      expect(places).toBeGreaterThan(6)
    })
  })
