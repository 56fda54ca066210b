import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { type MasterKey, open, seal, sealedUnder } from '@/lib/keys/seal'
import { maskParts, newKeyText } from '@/lib/keys/token'
import { deleteKey } from '@/lib/organization-keys/delete'
import { sealContext } from '@/lib/organization-keys/generation'
import { reveal } from '@/lib/organization-keys/reveal'
import { revoke } from '@/lib/organization-keys/revoke'
import { signerAt, sealContext as signingKeyContext } from '@/lib/signing-keys/signer'
import { reseal } from './reseal'

const now = new Date('2026-03-01T10:00:00Z')
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)
const master = (id: string): MasterKey => ({ id, bytes: randomBytes(32) })
const [fresh, old] = [master('new'), master('old')]
const both = [fresh, old]
const text = (keys: MasterKey[]) => keys.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}`).join()

const { owner } = await testDatabase({ MASTER_KEY: text(both) })
let admin: UserActor
let apiKeys: Map<string, string>
let count = 0

/** 500 generations of a key and the signing key, all under the old master key. */
beforeEach(async () => {
  await owner`truncate organization_keys, signing_keys`
  const organizationId = await createOrganization({ name: `Org ${++count}` })
  admin = await createMember(organizationId, { email: `a${count}@example.com`, role: 'admin' })
  apiKeys = new Map(
    Array.from({ length: 500 }, (_, i) => [`key_${String(i).padStart(22, '0')}`, newKeyText('org')]),
  )
  const ids = [...apiKeys.keys()]
  await owner`insert into organization_keys ${owner(
    ids.map((id, i) => {
      const apiKey = apiKeys.get(id) ?? ''
      const { maskedPrefix, last4 } = maskParts(apiKey)
      return {
        id,
        organization_id: organizationId,
        generation: i + 1,
        lookup_digest: createHash('sha256').update(apiKey).digest(),
        sealed_api_key: seal(apiKey, sealContext(organizationId, id), [old]),
        masked_prefix: maskedPrefix,
        last4,
        created_at: now,
        expires_at: later(i === ids.length - 1 ? 365 : 30),
        successor_id: ids[i + 1] ?? null,
      }
    }),
  )}`
  await db().transaction((tx) => signerAt(tx, now, [old]))
})

const currentKey = () => [...apiKeys.keys()].at(-1) ?? ''
const rows = () => owner`select id, sealed_api_key from organization_keys where sealed_api_key is not null`

/** Everything opens with the new key alone, to what it was. */
async function expectAllUnderNew(): Promise<void> {
  for (const { id, sealed_api_key: sealed } of await rows()) {
    const apiKey = open(sealed, sealContext(admin.organizationId, id), [fresh])
    if (apiKeys.has(id)) expect(apiKey).toBe(apiKeys.get(id))
  }
  const [signing] = await owner`select kid, sealed_private_key from signing_keys`
  expect(open(signing?.sealed_private_key, signingKeyContext(signing?.kid), [fresh])).toContain('PRIVATE KEY')
}

const shown = async (at: Date) => {
  const outcome = await reveal({ keyId: currentKey() }, { ...admin, steppedUpAt: at }, at)
  return outcome.ok ? outcome.value.apiKey : outcome.reason
}

test('every secret is sealed anew, in batches that are one change each; a second run does nothing', async () => {
  const version = async () => (await owner`select version::int as v from operational_version`)[0]?.v as number
  const before = await version()
  const seen: number[] = []
  const results = await reseal(
    both,
    ({ table, remaining }) => table === 'organization_keys' && seen.push(remaining),
  )
  expect(results).toEqual([
    { table: 'organization_keys', resealed: 500, remaining: 0, failed: [] },
    { table: 'signing_keys', resealed: 1, remaining: 0, failed: [] },
  ])
  expect(seen).toEqual([500, 400, 300, 200, 100, 0, 0])
  expect((await version()) - before).toBe(5)
  await expectAllUnderNew()
  const texts = await rows()
  expect((await reseal(both)).map(({ resealed }) => resealed)).toEqual([0, 0])
  expect(await rows()).toEqual(texts)
})

test('reveals, revocations and deletions go on meanwhile, and none of them is undone', async () => {
  let busy = true
  const revealing = (async () => {
    const answers: string[] = []
    while (busy) answers.push(await shown(now))
    return answers
  })()
  const deleting = (async () => {
    const deleted = [...apiKeys.keys()].slice(0, 60)
    for (const keyId of deleted)
      expect(await deleteKey({ keyId }, admin, later(31))).toMatchObject({ ok: true })
    return deleted
  })()
  const [results, deleted] = await Promise.all([reseal(both, undefined, 20), deleting])
  busy = false
  const answers = await revealing
  expect(results.flatMap(({ failed }) => failed)).toEqual([])
  expect(new Set(answers)).toEqual(new Set([apiKeys.get(currentKey())]))
  expect(answers.length).toBeGreaterThan(2)
  expect(
    await owner`select 1 from organization_keys where id in ${owner(deleted)} and sealed_api_key is not null`,
  ).toEqual([])
  expect(await revoke({ keyId: currentKey() }, admin, later(1))).toMatchObject({ ok: true })
  await expectAllUnderNew()
})

/** Locks a row as somebody who works on it does; answers how to let go. */
async function hold(keyId: string): Promise<() => Promise<void>> {
  const holder = await owner.reserve()
  await holder`begin`
  await holder`select 1 from organization_keys where id = ${keyId} for update`
  return async () => {
    await holder`rollback`
    holder.release()
  }
}

test('a row that somebody holds is passed over and gets its turn later', async () => {
  const held = [...apiKeys.keys()][5] ?? ''
  const release = await hold(held)
  const seen: number[] = []
  await reseal(both, ({ table, remaining }) => {
    if (table === 'organization_keys' && seen.push(remaining) === 9) release()
  })
  expect(seen).toContain(1)
  await expectAllUnderNew()
})

test('a row that no key opens is named and left, and does not stop the others', async () => {
  const [first = '', second = ''] = apiKeys.keys()
  await owner`update organization_keys set sealed_api_key = (select sealed_api_key from organization_keys where id = ${second}) where id = ${first}`
  const [result] = await reseal(both)
  expect(result).toEqual({ table: 'organization_keys', resealed: 499, remaining: 0, failed: [first] })
  const others = (await rows()).filter((row) => row.id !== first)
  expect(others.every((row) => sealedUnder(row.sealed_api_key) === 'new')).toBe(true)
})

/** The real command; killed at its `killAt`-th line. */
async function command(killAt = Infinity): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/master-key/run-reseal.ts'], {
    env: process.env,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.split('\n').length > killAt) child.kill('SIGKILL')
    })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output }
}

test('the command that was killed goes on where it was, and prints counts only', async () => {
  const release = await hold(currentKey())
  const killed = await command(3)
  await release()
  expect(killed.code).toBeNull()
  const halfWay = (await rows()).filter((row) => sealedUnder(row.sealed_api_key) === 'new').length
  expect(halfWay).toBeGreaterThanOrEqual(100)
  expect(halfWay).toBeLessThan(500)
  const resumed = await command()
  expect(resumed.code).toBe(0)
  expect(resumed.output).toContain(`organization_keys: ${500 - halfWay} sealed anew, 0 to go\n`)
  expect(
    (killed.output + resumed.output)
      .replace(/^(organization_keys|signing_keys): \d+ sealed anew, \d+ to go$/gm, '')
      .trim(),
  ).toBe('')
  await expectAllUnderNew()
})
