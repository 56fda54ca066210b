import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import { day } from './lifecycle'
import { removeExpiration } from './remove-expiration'
import { replaceDue } from './replace-due'
import { setExpiry } from './set-expiry'
import { organizationWithKey, type Scheduled, whatHappened } from './testing/schedule'

const start = new Date('2026-03-01T10:00:00Z')
const dayN = (days: number, ms = 0) => new Date(start.getTime() + days * day + ms)

const { owner } = await testDatabase()
let scheduled: Scheduled

beforeEach(async () => {
  await owner`truncate organization_keys, key_uses, notices, notice_deliveries`
  scheduled = await organizationWithKey(owner, start)
})

const happened = () => whatHappened(owner, scheduled.organizationId)
const generations = async () => (await happened()).keys.length

describe('a key is replaced when its time has come', () => {
  test('to the millisecond, and once', async () => {
    expect(await replaceDue(dayN(335, -1))).toBe(0)
    expect(await generations()).toBe(1)
    expect(await replaceDue(dayN(335))).toBe(1)
    expect(await replaceDue(dayN(335))).toBe(0)
    expect(await replaceDue(dayN(335 + 335, -1))).toBe(0)
    expect(await generations()).toBe(2)
  })

  test('and stays accepted until its printed expiry, beside a successor for the days of the interval', async () => {
    await replaceDue(dayN(335, 700))
    const { keys } = await happened()
    expect(keys).toMatchObject([
      { revoked_at: dayN(335, 700), revoked_by: null, accepted_until: dayN(365), successor_id: keys[1]?.id },
      { created_at: dayN(335, 700), created_by: null, expires_at: dayN(335 + 365), successor_id: null },
    ])
  })

  test('at half of its life where that is shorter', async () => {
    await setExpiry({ keyId: scheduled.keyId, expiresAt: dayN(10) }, scheduled.admin, dayN(1))
    expect(await replaceDue(dayN(5, -1))).toBe(0)
    expect(await replaceDue(dayN(5))).toBe(1)
    expect((await happened()).keys[0]).toMatchObject({ accepted_until: dayN(10) })
  })

  test('generation after generation', async () => {
    const moments = [335, 335 + 335, 335 + 335 + 335]
    for (const moment of moments) expect(await replaceDue(dayN(moment))).toBe(1)
    expect((await happened()).keys.map((key) => key.generation)).toEqual([1, 2, 3, 4])
    expect(await verifyChain(scheduled.organizationId)).toEqual({ ok: true, value: { events: 4 } })
  })

  test('not one that never expires', async () => {
    await removeExpiration({ keyId: scheduled.keyId }, scheduled.admin, dayN(1))
    expect(await replaceDue(dayN(10_000))).toBe(0)
    expect(await generations()).toBe(1)
  })
})

describe('a schedule that comes late', () => {
  test('still ends the overlap at the printed expiry', async () => {
    await replaceDue(dayN(365, -1))
    expect((await happened()).keys[0]).toMatchObject({
      revoked_at: dayN(365, -1),
      accepted_until: dayN(365),
    })
  })

  test('gives an expired key a successor, and no overlap', async () => {
    expect(await replaceDue(dayN(365))).toBe(1)
    const { keys, events, notices } = await happened()
    expect(keys).toMatchObject([
      { revoked_at: null, accepted_until: null, expires_at: dayN(365), successor_id: keys[1]?.id },
      { created_at: dayN(365), successor_id: null },
    ])
    expect(events.at(-1)).toMatchObject({ details: { acceptedUntil: null } })
    expect(notices).toMatchObject([{ facts: { acceptedUntil: null } }])
  })

  test('leaves a key alone that expired longer ago than any overlap lasts', async () => {
    expect(await replaceDue(dayN(395))).toBe(0)
    expect(await generations()).toBe(1)
    expect(await replaceDue(dayN(395, -1))).toBe(1)
  })

  test('keeps no key waiting for one that cannot be replaced', async () => {
    const others = [await organizationWithKey(owner, dayN(1)), await organizationWithKey(owner, dayN(2))]
    const { organizationId } = scheduled
    await owner`update audit_heads set sequence = 0 where chain = ${organizationId}`
    expect(await replaceDue(dayN(380))).toBe(2)
    for (const other of others) expect((await whatHappened(owner, other.organizationId)).keys).toHaveLength(2)
    expect(await generations()).toBe(1)
    await expect(replaceDue(dayN(380))).rejects.toThrow()
    await owner`update audit_heads set sequence = 1 where chain = ${organizationId}`
    expect(await replaceDue(dayN(380))).toBe(1)
  })

  test('takes those first that have waited longest, and no more at once than it is told', async () => {
    const others = [await organizationWithKey(owner, dayN(2)), await organizationWithKey(owner, dayN(1))]
    const replacedOf = async ({ organizationId }: Scheduled) =>
      (await whatHappened(owner, organizationId)).keys.length === 2
    expect(await replaceDue(dayN(380), { batch: 2 })).toBe(2)
    expect(await Promise.all([scheduled, ...others].map(replacedOf))).toEqual([true, false, true])
    expect(await replaceDue(dayN(380), { batch: 2 })).toBe(1)
    expect(await replaceDue(dayN(380), { batch: 2 })).toBe(0)
  })
})

describe('what is said of it', () => {
  test('one event by the schedule', async () => {
    await replaceDue(dayN(335))
    const { keys, events } = await happened()
    expect(events.slice(1)).toEqual([
      {
        action: 'organization-key.replaced',
        actor_kind: 'schedule',
        subject_id: scheduled.keyId,
        details: {
          key: expect.stringMatching(/^kt_org_.{4}….{4}$/),
          acceptedUntil: dayN(365).toISOString(),
          successor: expect.stringMatching(/^kt_org_.{4}….{4}$/),
          successorId: keys[1]?.id,
          successorExpiresAt: dayN(335 + 365).toISOString(),
        },
      },
    ])
    expect(await verifyChain(scheduled.organizationId)).toEqual({ ok: true, value: { events: 2 } })
  })

  test('one notice, with the last use', async () => {
    await owner`insert into key_uses (key_id, organization_id, address, user_agent, last_used_at) values
      (${scheduled.keyId}, ${scheduled.organizationId}, '198.51.100.1', 'till/2', ${dayN(334)}),
      (${scheduled.keyId}, ${scheduled.organizationId}, '198.51.100.2', 'till/1', ${dayN(329)})`
    await replaceDue(dayN(335))
    const { events, notices } = await happened()
    const { key, successor, successorId } = events[1]?.details ?? {}
    expect(notices).toEqual([
      {
        kind: 'organization-key-replaced',
        subject_id: scheduled.keyId,
        occasion: 'replaced',
        facts: {
          key,
          successorId,
          successor,
          successorExpiresAt: dayN(335 + 365).toISOString(),
          acceptedUntil: dayN(365).toISOString(),
          lastUse: { at: dayN(334).toISOString(), address: '198.51.100.1', userAgent: 'till/2' },
          addressesIn7Days: 2,
        },
      },
    ])
    expect(await owner`select user_id, next_mail_at from notice_deliveries`).toEqual([
      { user_id: scheduled.admin.userId, next_mail_at: dayN(335) },
    ])
  })

  test('none where the API was never used, though the key is replaced', async () => {
    await owner`truncate key_uses`
    expect(await replaceDue(dayN(335))).toBe(1)
    expect((await happened()).notices).toEqual([])
  })
})
