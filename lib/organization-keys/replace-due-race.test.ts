import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabase } from '@/db/testing/setup'
import { recordEntries } from '@/lib/audit/record'
import { verifyChain } from '@/lib/audit/verify-chain'
import { issue } from './issue'
import { day } from './lifecycle'
import { removeExpiration } from './remove-expiration'
import { replaceDue } from './replace-due'
import { revoke } from './revoke'
import { organizationWithKey, type Scheduled, whatHappened } from './testing/schedule'

const start = new Date('2026-03-01T10:00:00Z')
const dayN = (days: number) => new Date(start.getTime() + days * day)
const rounds = 40

const { owner } = await testDatabase()

beforeEach(() => owner`truncate organization_keys, key_uses, notices, notice_deliveries`)

const organizations = (count: number) =>
  Promise.all(Array.from({ length: count }, () => organizationWithKey(owner, start)))
const together = <T>(count: number, work: () => Promise<T>) =>
  Promise.all(Array.from({ length: count }, work))

/** One current key, one successor, one event, and a notice where it was the schedule. */
async function expectReplacedOnce({ organizationId, keyId }: Scheduled): Promise<'revoked' | 'replaced'> {
  const { keys, events, notices } = await whatHappened(owner, organizationId)
  expect(keys.map((key) => key.successor_id)).toEqual([keys[1]?.id, null])
  expect(events.map((event) => event.action)).toEqual([
    'organization-key.issued',
    expect.stringMatching(/^organization-key\.(revoked|replaced)$/),
  ])
  expect(events[1]).toMatchObject({ subject_id: keyId, details: { successorId: keys[1]?.id } })
  const by = events[1]?.action === 'organization-key.replaced' ? 'replaced' : 'revoked'
  expect(notices.filter(({ kind }) => kind === 'organization-key-replaced')).toHaveLength(
    by === 'replaced' ? 1 : 0,
  )
  expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
  return by
}

test('the schedule on many connections replaces each key once', async () => {
  const all = await organizations(40)
  const replaced = await together(10, async () => {
    let sum = 0
    for (let count = 1; count > 0; sum += count) count = await replaceDue(dayN(335), { batch: 7 })
    return sum
  })
  expect(replaced.reduce((sum, each) => sum + each, 0)).toBe(40)
  for (const each of all) expect(await expectReplacedOnce(each)).toBe('replaced')
})

test('revoke beside the schedule: one of them does it', async () => {
  for (let round = 0; round < rounds; round++) {
    const [scheduled] = await organizations(1)
    if (!scheduled) throw new Error('no organization')
    const { keyId, admin } = scheduled
    const [revoked, ...replaced] = await Promise.all([
      revoke({ keyId }, admin, dayN(335)),
      replaceDue(dayN(335)),
      replaceDue(dayN(335)),
    ])
    // Left to somebody else is not forgotten.
    const later = await replaceDue(dayN(335))
    const outcome = await expectReplacedOnce(scheduled)
    expect([...replaced, later].reduce((sum, each) => sum + each, 0)).toBe(outcome === 'replaced' ? 1 : 0)
    expect(revoked).toMatchObject(
      outcome === 'revoked' ? { ok: true } : { reason: 'already-revoked', details: { by: null } },
    )
  }
})

test('issue beside a schedule that comes too late: one of them does it', async () => {
  for (let round = 0; round < rounds; round++) {
    const [scheduled] = await organizations(1)
    if (!scheduled) throw new Error('no organization')
    const [issued, replaced] = await Promise.all([
      issue({}, scheduled.admin, dayN(365)),
      replaceDue(dayN(365)),
    ])
    const { keys, events } = await whatHappened(owner, scheduled.organizationId)
    expect(keys.map((key) => key.successor_id)).toEqual([keys[1]?.id, null])
    expect(events).toHaveLength(2)
    expect([issued.ok, replaced]).toEqual(issued.ok ? [true, 0] : [false, 1])
  }
})

test('a key whose expiration somebody removes at that moment is replaced before it, or never', async () => {
  for (let round = 0; round < rounds; round++) {
    const [scheduled] = await organizations(1)
    if (!scheduled) throw new Error('no organization')
    const { keyId, admin, organizationId } = scheduled
    const [removed, replaced] = await Promise.all([
      removeExpiration({ keyId }, admin, dayN(335)),
      replaceDue(dayN(335)),
    ])
    const { keys } = await whatHappened(owner, organizationId)
    expect([removed.ok, replaced, keys.length]).toEqual(removed.ok ? [true, 0, 1] : [false, 1, 2])
  }
})

describe('nobody waits in a ring', () => {
  test('when sweeps, verbs and whoever writes to many chains meet', async () => {
    const all = await organizations(30)
    const chains = all.map(({ admin }) => ({
      actor: admin,
      event: { action: 'session.signed-in', subjectKind: 'user', subjectId: admin.userId },
    }))
    const shuffled = () => chains.toSorted(() => Math.random() - 0.5)
    const rounds = 8
    await Promise.all([
      ...Array.from({ length: rounds }, () => replaceDue(dayN(335), { batch: 5 })),
      ...Array.from({ length: rounds }, () =>
        db().transaction((tx) => recordEntries(tx, shuffled(), dayN(335))),
      ),
      ...all.slice(0, rounds).map(({ keyId, admin }) => revoke({ keyId }, admin, dayN(335))),
    ])
    while ((await replaceDue(dayN(335))) > 0);
    for (const { organizationId } of all) {
      const { keys } = await whatHappened(owner, organizationId)
      expect(keys.map((key) => key.successor_id)).toEqual([keys[1]?.id, null])
      expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: 2 + rounds } })
    }
  })

  test('a key that somebody is busy with is left to them, and the others do not wait', async () => {
    const [busy, free] = await organizations(2)
    if (!busy || !free) throw new Error('no organization')
    await owner.begin(async (holder) => {
      await holder`select 1 from organizations where id = ${busy.organizationId} for update`
      expect(await replaceDue(dayN(335))).toBe(1)
    })
    await expectReplacedOnce(free)
    expect(await replaceDue(dayN(335))).toBe(1)
    await expectReplacedOnce(busy)
  })

  test('what only refers to an organization neither waits for the schedule nor keeps it waiting', async () => {
    await organizations(1)
    await owner.begin(async (upload) => {
      await upload`select 1 from organizations for key share`
      expect(await replaceDue(dayN(335))).toBe(1)
    })
  })
})
