import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { KeyActor, UserActor } from '@/lib/auth/actor'
import { parseKeyText } from '@/lib/keys/token'
import { refuse } from '@/lib/outcome'
import { deleteKey } from './delete'
import { deleteMany } from './delete-many'
import { disable } from './disable'
import { disableMany } from './disable-many'
import { edit } from './edit'
import { enable } from './enable'
import { generate, generateIn } from './generate'
import { day, hour } from './lifecycle'
import { rotate } from './rotate'
import { generated, keyInput } from './testing/service-keys'

const start = new Date('2026-03-01T10:00:00Z')
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)
const absentKeyId = 'key_0000000000000000000000'

const { owner } = await testDatabase()
let ann: UserActor
let ben: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  ann = await createMember(organizationId, { email: `a${count}@example.com`, name: 'Ann', role: 'developer' })
  ben = await createMember(organizationId, { email: `b${count}@example.com`, name: 'Ben', role: 'admin' })
})

const program = (keyId: string): KeyActor => ({
  kind: 'key',
  keyId,
  name: 'Billing sync',
  organizationId,
  address: '198.51.100.7',
  userAgent: 'terraform/1.9',
})

const rowOf = async (keyId: string) => (await owner`select * from service_keys where id = ${keyId}`)[0]
const secretsOf = (keyId: string) =>
  owner`select * from service_key_secrets where key_id = ${keyId} order by created_at, id`
const events = () =>
  owner`select action, actor_kind, actor_id, subject_id, details from audit_events
    where chain = ${organizationId} order by sequence`
const lastEvent = async () => (await events()).at(-1)
const useAt = (keyId: string, at: Date) =>
  owner`update service_key_uses set last_used_at = ${at}, last_used_from = '::1', last_user_agent = 'x'
    where key_id = ${keyId}`

describe('generate', () => {
  test('answers the text once and keeps only its digest', async () => {
    const expiresAt = later(90 * day)
    const made = await generated(ann, { allowedRanges: ['10.0.0.0/8'], expiresAt }, start)
    expect(parseKeyText(made.key)).toBe('svc')
    expect(made).toMatchObject({ name: 'Billing sync', serviceUser: { name: 'Billing' } })
    const [secret] = await secretsOf(made.keyId)
    expect(secret).toMatchObject({
      id: made.secretId,
      lookup_digest: createHash('sha256').update(made.key).digest(),
      created_by: ann.userId,
      replaced_at: null,
    })
    expect(await rowOf(made.keyId)).toMatchObject({
      created_by: ann.userId,
      created_by_key_id: null,
      expires_at: expiresAt,
      allowed_ranges: ['10.0.0.0/8'],
      disabled_at: null,
    })
    expect(await lastEvent()).toEqual({
      action: 'service-key.generated',
      actor_kind: 'user',
      actor_id: ann.userId,
      subject_id: made.keyId,
      details: {
        name: 'Billing sync',
        key: made.masked,
        serviceUser: 'Billing',
        serviceUserId: made.serviceUser.id,
        accessLevel: 'full',
        allowedRanges: '10.0.0.0/8',
        expiresAt: expiresAt.toISOString(),
      },
    })
  })

  test('for a service user of that name, ignoring case, or a new one', async () => {
    const first = await generated(ann, { serviceUser: { name: 'Nightly ÉXPORT' } }, start)
    const second = await generated(ann, { serviceUser: { name: 'nightly éxport' } }, start)
    const third = await generated(ann, { serviceUser: { id: first.serviceUser.id } }, start)
    const other = await generated(ann, { serviceUser: { name: 'Nightly exports' } }, start)
    expect(second.serviceUser).toEqual(first.serviceUser)
    expect(third.serviceUser).toEqual(first.serviceUser)
    expect(other.serviceUser.id).not.toBe(first.serviceUser.id)
  })

  test('an expiry is ahead, or refused at its field', async () => {
    const at = (expiresAt: Date) => generate(keyInput({ expiresAt }), ann, start)
    for (const past of [start, later(-1), new Date(0)])
      expect(await at(past)).toMatchObject({
        reason: 'invalid-input',
        details: { fields: { expiresAt: expect.any(String) } },
      })
    expect(await at(later(1))).toMatchObject({ ok: true })
    expect(await events()).toHaveLength(1)
  })

  test("a service user's eleventh live key is refused, and possible once one of the ten has ended", async () => {
    for (let n = 0; n < 9; n++) await generated(ann, { name: `Key ${n}` }, start)
    const short = await generated(ann, { name: 'Short', expiresAt: later(hour) }, start)
    const before = await events()
    expect(await generate(keyInput(), ann, later(hour - 1))).toEqual(
      refuse('too-many-keys', { name: 'Billing', mostLiveKeys: 10 }),
    )
    expect(await events()).toEqual(before)
    const tenth = await generated(ann, {}, later(hour))
    expect(await generate(keyInput(), ann, later(hour))).toMatchObject({ reason: 'too-many-keys' })
    await deleteKey({ keyId: tenth.keyId }, ann, later(hour))
    await deleteKey({ keyId: short.keyId }, ann, later(hour))
    expect(await generate(keyInput(), ann, later(hour))).toMatchObject({ ok: true })
    expect(await generate(keyInput(), ann, later(hour))).toMatchObject({ reason: 'too-many-keys' })
  })

  test('100 at once for one service user leave exactly ten, and tell the others', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        generate(keyInput({ name: `Key ${n}` }), n % 2 ? ann : ben, start),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.reason).toBe('too-many-keys')
    const [row] = await owner`select
      (select count(*)::int from service_keys where organization_id = ${organizationId}) as keys,
      (select count(*)::int from service_users where organization_id = ${organizationId}) as users`
    expect(row).toEqual({ keys: 10, users: 1 })
    expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: 10 } })
  })

  test('by a program: its key is named as the maker, and is bound by what it has', async () => {
    const { keyId } = await generated(ann, {}, start)
    const made = await generated(program(keyId), { name: 'By a program' }, start)
    expect(await rowOf(made.keyId)).toMatchObject({ created_by: null, created_by_key_id: keyId })
    expect(await lastEvent()).toMatchObject({ actor_kind: 'key', actor_id: keyId })
    const before = await events()
    const input = keyInput({ serviceUser: { name: 'Not made' }, accessLevel: 'read' })
    const outcome = await db().transaction((tx) =>
      generateIn(tx, input, program(keyId), start, (grant) => refuse('grants-too-much', { grant })),
    )
    expect(outcome).toMatchObject({ reason: 'grants-too-much', details: { grant: { accessLevel: 'read' } } })
    expect(await events()).toEqual(before)
    expect(await owner`select 1 from service_users where name = 'Not made'`).toEqual([])
  })
})

describe('edit', () => {
  const wanted = { name: 'Billing', accessLevel: 'read', allowedRanges: ['10.0.0.0/8'] } as const
  const as = (given: Partial<typeof wanted> = {}) => ({ ...wanted, ...given, allowedRanges: ['10.0.0.0/8'] })

  test('changes name, access and ranges, and nothing else', async () => {
    const { keyId, masked } = await generated(ann, { expiresAt: later(day) }, start)
    const [before, secrets] = [await rowOf(keyId), await secretsOf(keyId)]
    const outcome = await edit({ keyId, ...as(), changedAt: start }, ben, later(hour))
    expect(outcome).toEqual({ ok: true, value: { changedAt: later(hour) } })
    expect(await rowOf(keyId)).toEqual({
      ...before,
      name: 'Billing',
      access_level: 'read',
      allowed_ranges: ['10.0.0.0/8'],
      changed_at: later(hour),
    })
    expect(await secretsOf(keyId)).toEqual(secrets)
    expect(await lastEvent()).toMatchObject({
      action: 'service-key.edited',
      details: {
        name: 'Billing',
        nameBefore: 'Billing sync',
        key: masked,
        accessLevel: 'read',
        accessLevelBefore: 'full',
        allowedRanges: '10.0.0.0/8',
        allowedRangesBefore: '',
      },
    })
  })

  test('two at once: one wins, the other is told that the key has changed', async () => {
    const { keyId } = await generated(ann, {}, start)
    let changedAt = start
    for (let round = 1; round <= 50; round++) {
      const at = later(round * hour)
      const name = `Billing ${round}`
      const outcomes = await Promise.all(
        [ann, ben].map((actor) => edit({ keyId, ...as(), name, changedAt }, actor, at)),
      )
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
      const current = { ...as(), name, changedAt: at.toISOString() }
      expect(outcomes.find((outcome) => !outcome.ok)).toEqual(refuse('changed-meanwhile', { current }))
      changedAt = at
    }
  })

  test('to what the key is already changes nothing and is no event', async () => {
    const { keyId } = await generated(ann, {}, start)
    const same = { ...keyInput(), changedAt: start }
    const { name, accessLevel, allowedRanges, changedAt } = same
    const before = [await rowOf(keyId), await events()]
    expect(await edit({ keyId, name, accessLevel, allowedRanges, changedAt }, ben, later(hour))).toEqual({
      ok: true,
      value: { changedAt: start },
    })
    expect([await rowOf(keyId), await events()]).toEqual(before)
  })

  test('a second change of the same millisecond is a change too', async () => {
    const { keyId } = await generated(ann, {}, start)
    expect(await edit({ keyId, ...as(), changedAt: start }, ann, start)).toMatchObject({ ok: true })
    expect(await edit({ keyId, ...as(), changedAt: start }, ben, start)).toMatchObject({
      reason: 'changed-meanwhile',
    })
  })

  test('disabling in between is a change', async () => {
    const { keyId } = await generated(ann, {}, start)
    await disable({ keyId }, ben, later(1))
    expect(await edit({ keyId, ...as(), changedAt: start }, ann, later(2))).toMatchObject({
      reason: 'changed-meanwhile',
    })
  })
})

describe('rotate', () => {
  test('keeps the key and ends its secret at once, unless told otherwise', async () => {
    const { keyId, secretId, masked } = await generated(ann, {}, start)
    const before = await rowOf(keyId)
    const outcome = await rotate({ keyId, secretId, overlapHours: 0 }, ben, later(hour))
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(await rowOf(keyId)).toEqual(before)
    expect(await secretsOf(keyId)).toMatchObject([
      { id: secretId, replaced_at: later(hour), accepted_until: later(hour) },
      { id: outcome.value.secretId, replaced_at: null, created_by: ben.userId },
    ])
    expect(await lastEvent()).toMatchObject({
      action: 'service-key.rotated',
      details: {
        name: 'Billing sync',
        key: outcome.value.masked,
        formerKey: masked,
        acceptedUntil: later(hour).toISOString(),
      },
    })
  })

  test('no former secret outlives the overlap that was chosen last, nor the key', async () => {
    const { keyId, secretId: first } = await generated(ann, { expiresAt: later(5 * day) }, start)
    const rotated = async (secretId: string, overlapHours: number, at: Date) => {
      const outcome = await rotate({ keyId, secretId, overlapHours }, ann, at)
      if (!outcome.ok) throw new Error(outcome.reason)
      return outcome.value
    }
    const second = await rotated(first, 168, later(0))
    expect(second.formerAcceptedUntil).toEqual(later(5 * day))
    const third = await rotated(second.secretId, 24, later(day))
    expect(await secretsOf(keyId)).toMatchObject([
      { accepted_until: later(2 * day) },
      { accepted_until: later(2 * day) },
      { accepted_until: null },
    ])
    await rotated(third.secretId, 0, later(day + hour))
    expect((await secretsOf(keyId)).map((secret) => secret.accepted_until)).toEqual([
      later(day + hour),
      later(day + hour),
      later(day + hour),
      null,
    ])
  })

  test('two at once, 50 times: one wins, the other is told who', async () => {
    const made = await generated(ann, {}, start)
    let { secretId } = made
    for (let round = 1; round <= 50; round++) {
      const at = later(round * hour)
      const input = { keyId: made.keyId, secretId, overlapHours: 0 }
      const outcomes = await Promise.all([ann, ben].map((actor) => rotate(input, actor, at)))
      const winner = outcomes[0]?.ok ? 'Ann' : 'Ben'
      const [won, lost] = outcomes.toSorted((a, b) => Number(b.ok) - Number(a.ok))
      expect(lost).toEqual(refuse('already-rotated', { by: winner, at }))
      secretId = won?.ok ? won.value.secretId : ''
    }
    const rows = await secretsOf(made.keyId)
    expect(rows.filter((row) => row.replaced_at === null)).toHaveLength(1)
    expect(rows).toHaveLength(51)
  })

  test('names the key by which a program was first', async () => {
    const { keyId, secretId } = await generated(ann, {}, start)
    const maker = await generated(ann, { name: 'Deploy bot' }, start)
    await rotate({ keyId, secretId, overlapHours: 0 }, program(maker.keyId), later(1))
    expect(await rotate({ keyId, secretId, overlapHours: 0 }, ann, later(2))).toEqual(
      refuse('already-rotated', { by: 'Deploy bot', at: later(1) }),
    )
  })

  test('by a process whose clock is behind: nothing is replaced before it was made', async () => {
    const { keyId, secretId } = await generated(ann, {}, start)
    const first = await rotate({ keyId, secretId, overlapHours: 168 }, ann, later(hour))
    if (!first.ok) throw new Error(first.reason)
    const behind = { keyId, secretId: first.value.secretId, overlapHours: 0 }
    expect(await rotate(behind, ben, later(hour - 1_000))).toMatchObject({
      value: { formerAcceptedUntil: later(hour) },
    })
    expect((await secretsOf(keyId)).map(({ accepted_until }) => accepted_until)).toEqual(
      expect.arrayContaining([later(hour), later(hour), null]),
    )
  })

  test('a disabled key stays disabled', async () => {
    const { keyId, secretId } = await generated(ann, {}, start)
    await disable({ keyId }, ann, later(1))
    expect(await rotate({ keyId, secretId, overlapHours: 1 }, ann, later(2))).toMatchObject({ ok: true })
    expect(await rowOf(keyId)).toMatchObject({ disabled_at: later(1) })
  })
})

describe('enable and disable', () => {
  test('switch a key off and on, each once', async () => {
    const { keyId } = await generated(ann, {}, start)
    expect(await enable({ keyId }, ann, later(1))).toMatchObject({ reason: 'already-enabled' })
    expect(await disable({ keyId }, ann, later(2))).toMatchObject({ ok: true })
    expect(await rowOf(keyId)).toMatchObject({ disabled_at: later(2), changed_at: later(2) })
    expect(await disable({ keyId }, ann, later(3))).toMatchObject({ reason: 'already-disabled' })
    expect(await enable({ keyId }, ben, later(4))).toMatchObject({ ok: true })
    expect(await rowOf(keyId)).toMatchObject({ disabled_at: null, changed_at: later(4) })
    expect((await events()).map(({ action }) => action)).toEqual([
      'service-key.generated',
      'service-key.disabled',
      'service-key.enabled',
    ])
  })
})

test('expired is final: deleting is all that is left', async () => {
  const { keyId, secretId } = await generated(ann, { expiresAt: later(hour) }, start)
  await disable({ keyId }, ann, later(1))
  const end = later(hour)
  const before = [await rowOf(keyId), await secretsOf(keyId), await events()]
  for (const attempt of [
    () => enable({ keyId }, ann, end),
    () => disable({ keyId }, ann, end),
    () => rotate({ keyId, secretId, overlapHours: 0 }, ann, end),
    () => edit({ keyId, ...keyInput(), changedAt: later(1) }, ann, end),
  ])
    expect(await attempt()).toMatchObject({ ok: false, reason: 'expired' })
  expect([await rowOf(keyId), await secretsOf(keyId), await events()]).toEqual(before)
  expect(await deleteKey({ keyId }, ann, end)).toMatchObject({ ok: true })
})

describe('delete', () => {
  test('leaves a tombstone: who, when, and the last use', async () => {
    const { keyId, masked } = await generated(ann, {}, start)
    await useAt(keyId, start)
    expect(await deleteKey({ keyId }, ben, later(8 * day))).toMatchObject({ ok: true })
    expect(await rowOf(keyId)).toMatchObject({ deleted_at: later(8 * day), deleted_by: ben.userId })
    expect(await lastEvent()).toMatchObject({
      action: 'service-key.deleted',
      details: { name: 'Billing sync', key: masked, state: 'active', lastUsedAt: start.toISOString() },
    })
    expect(await deleteKey({ keyId }, ben, later(9 * day))).toMatchObject({ reason: 'not-found' })
  })

  test('a key that is in use wants its name from a person, and from no program', async () => {
    const { keyId } = await generated(ann, {}, start)
    await useAt(keyId, start)
    for (const typedName of [undefined, '', 'billing sync'])
      expect(await deleteKey({ keyId, typedName }, ann, later(7 * day))).toEqual(
        refuse('name-needed', { name: 'Billing sync', lastUsedAt: start }),
      )
    expect(await deleteKey({ keyId, typedName: ' Billing sync ' }, ann, later(day))).toMatchObject({
      ok: true,
    })
    const other = await generated(ann, {}, start)
    await useAt(other.keyId, start)
    expect(await deleteKey({ keyId: other.keyId }, program(keyId), start)).toMatchObject({ ok: true })
  })
})

describe('many at once', () => {
  test('are disabled where that is possible, each with its own event', async () => {
    const names = ['One', 'Two', 'Three', 'Four']
    const keys = await Promise.all(
      names.map((name) => generated(ann, { name, expiresAt: name === 'Four' ? later(hour) : null }, start)),
    )
    const [one = '', two = '', three = '', four = ''] = keys.map(({ keyId }) => keyId)
    await disable({ keyId: two }, ann, later(1))
    const outcome = await disableMany({ keyIds: [three, absentKeyId, two, one, four, one] }, ben, later(hour))
    expect(outcome).toEqual({
      ok: true,
      value: {
        keys: [
          { keyId: three, name: 'Three', refused: null },
          { keyId: absentKeyId, name: null, refused: 'not-found' },
          { keyId: two, name: 'Two', refused: 'already-disabled' },
          { keyId: one, name: 'One', refused: null },
          { keyId: four, name: 'Four', refused: 'expired' },
        ],
      },
    })
    const written = (await events()).slice(5)
    expect(written.map(({ action, subject_id }) => [action, subject_id])).toEqual(
      [one, three].sort().map((keyId) => ['service-key.disabled', keyId]),
    )
  })

  test('are deleted, and want their number typed when one of them is in use', async () => {
    const keys = [await generated(ann, {}, start), await generated(ann, {}, start)]
    const keyIds = keys.map(({ keyId }) => keyId)
    await useAt(keyIds[0] ?? '', start)
    for (const typedCount of [undefined, 1, 3])
      expect(await deleteMany({ keyIds, typedCount }, ann, later(day))).toEqual(
        refuse('count-needed', { count: 2, inUse: 1 }),
      )
    expect(await deleteMany({ keyIds, typedCount: 2 }, ann, later(day))).toMatchObject({
      value: { keys: [{ refused: null }, { refused: null }] },
    })
    expect(await deleteMany({ keyIds }, ann, later(day))).toMatchObject({
      value: { keys: [{ refused: 'not-found' }, { refused: 'not-found' }] },
    })
  })

  test('are announced at once: nobody waits for a hundred changes', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => generated(ann, {}, start)))
    const keyIds = made.map(({ keyId }) => keyId)
    const version = async () => Number((await owner`select version from operational_version`)[0]?.version)
    for (const many of [disableMany, deleteMany]) {
      const before = await version()
      expect(await many({ keyIds }, ben, later(hour))).toMatchObject({ ok: true })
      expect(await version()).toBe(before + 1)
      const changes = await owner`select id from operational_changes where version = ${before + 1}`
      expect(changes.map(({ id }) => id).toSorted()).toEqual(keyIds.toSorted())
    }
    expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: 30 } })
  })

  test('of which one has its change ahead of the clock are changed a moment later, all of them', async () => {
    const keys = [await generated(ann, {}, start), await generated(ann, {}, later(hour))]
    const keyIds = keys.map(({ keyId }) => keyId)
    await disableMany({ keyIds }, ann, later(1))
    for (const keyId of keyIds)
      expect(await rowOf(keyId)).toMatchObject({ disabled_at: later(hour + 1), changed_at: later(hour + 1) })
  })

  test('in opposite orders, again and again, never wait for each other', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => generated(ann, {}, start)))
    const keyIds = made.map(({ keyId }) => keyId)
    for (let round = 1; round <= 20; round++) {
      const at = later(round * hour)
      await Promise.all([
        disableMany({ keyIds }, ann, at),
        disableMany({ keyIds: keyIds.toReversed() }, ben, at),
      ])
      await Promise.all(keyIds.map((keyId) => enable({ keyId }, ann, later(round * hour + 1))))
    }
    expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
  })
})

describe('tenants', () => {
  test("another organization's key looks exactly like an absent one, and leaves no event", async () => {
    const { keyId, secretId, serviceUser } = await generated(ann, {}, start)
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    const stranger = await createMember(elsewhere, { email: `s${count}@example.com`, role: 'admin' })
    const before = [await rowOf(keyId), await secretsOf(keyId), await events()]
    for (const attempt of [
      (id: string) => edit({ keyId: id, ...keyInput(), changedAt: start }, stranger, start),
      (id: string) => rotate({ keyId: id, secretId, overlapHours: 0 }, stranger, start),
      (id: string) => enable({ keyId: id }, stranger, start),
      (id: string) => disable({ keyId: id }, stranger, start),
      (id: string) => deleteKey({ keyId: id }, stranger, start),
    ]) {
      expect(await attempt(keyId)).toEqual(refuse('not-found'))
      expect(await attempt(absentKeyId)).toEqual(refuse('not-found'))
    }
    for (const many of [disableMany, deleteMany])
      expect(await many({ keyIds: [keyId] }, stranger, start)).toEqual({
        ok: true,
        value: { keys: [{ keyId, name: null, refused: 'not-found' }] },
      })
    for (const id of [serviceUser.id, 'su_0000000000000000000000'])
      expect(await generate(keyInput({ serviceUser: { id } }), stranger, start)).toEqual(refuse('not-found'))
    expect([await rowOf(keyId), await secretsOf(keyId), await events()]).toEqual(before)
    expect(await owner`select 1 from audit_events where chain = ${elsewhere}`).toEqual([])
  })
})

test('no text and no digest of a key is in any event', async () => {
  const made = await generated(ann, { expiresAt: later(30 * day) }, start)
  const { keyId, secretId } = made
  const rotated = await rotate({ keyId, secretId, overlapHours: 5 }, ann, later(1))
  await disable({ keyId }, ann, later(2))
  await enable({ keyId }, ann, later(3))
  await edit({ keyId, ...keyInput({ name: 'New' }), changedAt: later(3) }, ann, later(4))
  await deleteKey({ keyId }, ann, later(5))
  const texts = [made.key, rotated.ok ? rotated.value.key : '']
  const written = JSON.stringify(await owner`select * from audit_events where chain = ${organizationId}`)
  expect(await events()).toHaveLength(6)
  for (const text of texts) {
    const digest = createHash('sha256').update(text).digest()
    for (const part of [text, text.slice(12, 40), digest.toString('hex'), digest.toString('base64')])
      expect(written).not.toContain(part)
  }
})
