import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import type { Cut } from '@/db/testing/line'
import { testDatabaseThroughLine } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { UserActor } from '@/lib/auth/actor'
import { deleteKey } from './delete'
import { disable } from './disable'
import { disableMany } from './disable-many'
import { edit } from './edit'
import { enable } from './enable'
import { generate } from './generate'
import { rotate } from './rotate'
import { generated, keyInput } from './testing/service-keys'

const start = new Date('2026-03-01T10:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

const { owner, cutOff } = await testDatabaseThroughLine()
let ann: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await createMember(organizationId, { email: `a${count}@example.com`, role: 'developer' })
})

async function facts() {
  const ofMine = owner`select id from service_keys where organization_id = ${organizationId}`
  const users = await owner`select * from service_users where organization_id = ${organizationId} order by id`
  const keys = await owner`select * from service_keys where organization_id = ${organizationId} order by id`
  const secrets = await owner`select * from service_key_secrets where key_id in (${ofMine}) order by id`
  const events =
    await owner`select action, subject_id from audit_events where chain = ${organizationId} order by sequence`
  return { users: [...users], keys: [...keys], secrets: [...secrets], events: [...events] }
}

/** What has to be true at any moment at all. */
async function expectNothingHalfDone(): Promise<void> {
  const { users, keys, secrets, events } = await facts()
  const happened = (action: string) => events.filter((event) => event.action === `service-key.${action}`)
  expect(happened('generated')).toHaveLength(keys.length)
  expect(happened('deleted')).toHaveLength(keys.filter((key) => key.deleted_at).length)
  expect(happened('disabled').length - happened('enabled').length).toBe(
    keys.filter((key) => key.disabled_at).length,
  )
  expect(secrets).toHaveLength(keys.length + happened('rotated').length)
  for (const { id } of keys)
    expect(secrets.filter((secret) => secret.key_id === id && !secret.replaced_at)).toHaveLength(1)
  for (const { id } of users) expect(keys.some((key) => key.service_user_id === id)).toBe(true)
  expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: events.length } })
}

/**
 * Runs `verb` with the connection cut at `cut`, then checks that it happened wholly or not at all.
 * Answers whether there was anything left to cut at that point.
 */
async function cutOffVerb(cut: Cut, verb: () => Promise<{ ok: boolean }>, written: number): Promise<boolean> {
  const before = await facts()
  const { outcome, wasCut } = await cutOff(cut, verb)
  await expectNothingHalfDone()
  const events = (await facts()).events.length - before.events.length
  expect([0, written]).toContain(events)
  if (outcome?.ok) expect(events).toBe(written)
  if (events === 0) expect(await facts()).toEqual(before)
  return wasCut
}

type Prepared = () => Promise<{ ok: boolean }>
const verbs: Record<string, { written: number; prepare: () => Promise<Prepared> }> = {
  'generate, with its service user': {
    written: 1,
    prepare: async () => () => generate(keyInput({ serviceUser: { name: `User ${++count}` } }), ann, start),
  },
  rotate: {
    written: 1,
    prepare: async () => {
      const { keyId, secretId } = await generated(ann, { serviceUser: { name: `User ${++count}` } }, start)
      return () => rotate({ keyId, secretId, overlapHours: 24 }, ann, later(1))
    },
  },
  edit: {
    written: 1,
    prepare: async () => {
      const { keyId } = await generated(ann, { serviceUser: { name: `User ${++count}` } }, start)
      return () => edit({ ...keyInput({ name: 'New' }), keyId, changedAt: start }, ann, later(1))
    },
  },
  'disable and enable': {
    written: 1,
    prepare: async () => {
      const { keyId } = await generated(ann, { serviceUser: { name: `User ${++count}` } }, start)
      if (count % 2 === 0) return () => disable({ keyId }, ann, later(1))
      await disable({ keyId }, ann, later(1))
      return () => enable({ keyId }, ann, later(2))
    },
  },
  delete: {
    written: 1,
    prepare: async () => {
      const { keyId } = await generated(ann, { serviceUser: { name: `User ${++count}` } }, start)
      return () => deleteKey({ keyId }, ann, later(1))
    },
  },
  'three at once': {
    written: 3,
    prepare: async () => {
      const serviceUser = { name: `User ${++count}` }
      const keyIds: string[] = []
      for (let n = 0; n < 3; n++) keyIds.push((await generated(ann, { serviceUser }, start)).keyId)
      return () => disableMany({ keyIds }, ann, later(1))
    },
  },
}

for (const when of ['before', 'after'] as const)
  describe(`the connection is cut at every statement, ${when} the server has it:`, () => {
    test.each(Object.entries(verbs))('%s', async (_, { written, prepare }) => {
      let at = 1
      while (await cutOffVerb({ at, when }, await prepare(), written)) at++
      expect(at).toBeGreaterThan(8)
    })
  })
