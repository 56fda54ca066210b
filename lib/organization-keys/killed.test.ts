import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createOrganization, systemActor } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import { issue } from './issue'
import { revoke } from './revoke'

const start = new Date('2026-03-01T10:00:00Z')
const rounds = 6

const { owner } = await testDatabase()

/** A real process in the middle of its revocations, and `kill -9`; answers the keys that it heard of. */
async function revokeUntilKilled(organizationId: string, from: Date, keyId: string): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'lib/organization-keys/testing/revoke-forever.ts',
      organizationId,
      from.toISOString(),
      keyId,
    ],
    { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  const heardFirst = 2 + randomInt(4)
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    if (output.split('\n').length - 2 >= heardFirst) sleep(randomInt(50)).then(() => child.kill('SIGKILL'))
  })
  await new Promise((resolve) => child.on('close', resolve))
  expect(child.signalCode).toBe('SIGKILL')
  return output.split('\n').slice(1, -1)
}

async function expectWhole(organizationId: string, acknowledged: string[]): Promise<string> {
  const keys = await owner`select id, successor_id, revoked_at, accepted_until from organization_keys
    where organization_id = ${organizationId} order by generation`
  const current = keys.filter((key) => key.successor_id === null)
  expect(current).toHaveLength(1)
  expect(current[0]).toEqual({ ...keys.at(-1), revoked_at: null, accepted_until: null })
  for (const [i, key] of keys.slice(0, -1).entries()) {
    expect(key.successor_id).toBe(keys[i + 1]?.id)
    expect(key.revoked_at).not.toBeNull()
  }
  const events = await owner`select details from audit_events
    where chain = ${organizationId} and action = 'organization-key.revoked' order by sequence`
  expect(events.map((event) => event.details.successorId)).toEqual(keys.slice(1).map((key) => key.id))
  expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
  const ids = keys.map((key) => key.id as string)
  for (const id of acknowledged) expect(ids).toContain(id)
  // The last revocation may have been done without the process hearing of it, no more than that.
  expect(ids.indexOf(acknowledged.at(-1) ?? '')).toBeGreaterThanOrEqual(ids.length - 2)
  return current[0]?.id
}

/** A commit that was on its way when its process died is still carried out. */
async function serverIsIdle(): Promise<void> {
  for (;;) {
    const busy = await owner`select 1 from pg_stat_activity where datname = current_database()
      and application_name = 'keyturn' and state <> 'idle'`
    if (busy.length === 0) return
  }
}

test('kill -9 in the middle of revoking leaves one current key, and the next process goes on', async () => {
  const organizationId = await createOrganization({ name: 'Org' })
  const actor = systemActor(organizationId)
  const first = await issue({}, actor, start)
  if (!first.ok) throw new Error(first.reason)
  let keyId = first.value.keyId
  let heard = 0
  for (let day = 1; day <= rounds; day++) {
    const from = new Date(start.getTime() + day * 86_400_000)
    const acknowledged = await revokeUntilKilled(organizationId, from, keyId)
    heard += acknowledged.length
    await serverIsIdle()
    keyId = await expectWhole(organizationId, [keyId, ...acknowledged])
  }
  expect(heard).toBeGreaterThan(rounds)
  const outcome = await revoke({ keyId }, actor, new Date(start.getTime() + 30 * 86_400_000))
  if (!outcome.ok) throw new Error(outcome.reason)
  expect(await expectWhole(organizationId, [outcome.value.successorId])).toBe(outcome.value.successorId)
})
