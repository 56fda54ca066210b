import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { issue } from './issue'
import { day } from './lifecycle'
import { listKeys } from './list'
import { removeExpiration } from './remove-expiration'
import { replaceDue } from './replace-due'
import { restoreExpiration } from './restore-expiration'
import { revoke } from './revoke'
import { replaceByInterval, replacementDue } from './schedule'
import { setExpiry } from './set-expiry'
import { setReplacementInterval } from './set-replacement-interval'
import { organizationWithKey, type Scheduled } from './testing/schedule'

const start = new Date('2026-03-01T10:00:00Z')
const dayN = (days: number, ms = 0) => new Date(start.getTime() + days * day + ms)

const { owner } = await testDatabase()
let scheduled: Scheduled

beforeEach(async () => {
  await owner`truncate organization_keys, key_uses, notices, notice_deliveries`
  scheduled = await organizationWithKey(owner, start)
})

const every = (days: number, at: Date) => setReplacementInterval({ days }, scheduled.admin, at)
async function current(at: Date) {
  const [key] = (await listKeys(scheduled.organizationId, at)).keys
  return key
}
async function lastDetails() {
  const [event] = await owner`select details from audit_events where chain = ${scheduled.organizationId}
    order by sequence desc limit 1`
  return event?.details
}

describe('a shorter interval', () => {
  test('brings the next replacement of the current key forward, as was shown before, and leaves its expiry', async () => {
    const facts = {
      createdAt: start,
      expirationRestoredAt: null,
      expiresAt: dayN(365),
      replaceBy: null,
    }
    const shown = replacementDue({ ...facts, replaceBy: replaceByInterval(facts, 90) })
    await every(90, dayN(10))
    expect(shown).toEqual(dayN(60))
    expect(await current(dayN(10))).toMatchObject({
      replacementDue: dayN(60).toISOString(),
      expiresAt: dayN(365).toISOString(),
    })
    expect(await lastDetails()).toEqual({ from: 365, to: 90, nextReplacement: dayN(60).toISOString() })
    expect(await replaceDue(dayN(60, -1))).toBe(0)
    expect(await replaceDue(dayN(60))).toBe(1)
    const [successor, old] = (await listKeys(scheduled.organizationId, dayN(60))).keys
    expect(old).toMatchObject({ deadline: dayN(90).toISOString(), replacementDue: null })
    expect(successor).toMatchObject({ expiresAt: dayN(150).toISOString(), createdBy: null })
  })

  test('that the key has outlived already has it replaced at once', async () => {
    await every(30, dayN(100))
    expect(await replaceDue(dayN(100))).toBe(1)
    const [, old] = (await listKeys(scheduled.organizationId, dayN(100))).keys
    expect(old?.deadline).toBe(dayN(130).toISOString())
  })

  test('is taken back by a longer one, which never moves the expiry', async () => {
    await every(90, dayN(10))
    await every(365, dayN(11))
    expect(await current(dayN(11))).toMatchObject({
      replaceBy: null,
      replacementDue: dayN(335).toISOString(),
      expiresAt: dayN(365).toISOString(),
    })
    expect(await lastDetails()).toMatchObject({ nextReplacement: dayN(335).toISOString() })
  })

  test('asks nothing of an expired key, of one that never expires, or where there is none', async () => {
    await every(90, dayN(365))
    expect(await lastDetails()).toEqual({ from: 365, to: 90, nextReplacement: null })
    await issue({}, scheduled.admin, dayN(365))
    const [{ id: keyId = '' } = {}] = (await listKeys(scheduled.organizationId, dayN(365))).keys
    await removeExpiration({ keyId }, scheduled.admin, dayN(366))
    await every(30, dayN(367))
    expect(await current(dayN(367))).toMatchObject({ replaceBy: null, replacementDue: null })
    await owner`truncate organization_keys`
    await every(20, dayN(368))
    expect(await lastDetails()).toEqual({ from: 30, to: 20, nextReplacement: null })
  })

  test('is not asked of a successor, which has its own days', async () => {
    await every(90, dayN(10))
    await revoke({ keyId: scheduled.keyId }, scheduled.admin, dayN(11))
    expect(await current(dayN(11))).toMatchObject({
      replaceBy: null,
      replacementDue: dayN(11 + 60).toISOString(),
    })
  })
})

describe('what is chosen for one key stands before the interval of all:', () => {
  beforeEach(() => every(90, dayN(10)))
  const keyId = () => ({ keyId: scheduled.keyId })

  test('another expiry', async () => {
    await setExpiry({ ...keyId(), expiresAt: dayN(200) }, scheduled.admin, dayN(11))
    expect(await current(dayN(11))).toMatchObject({
      replaceBy: null,
      replacementDue: dayN(170).toISOString(),
    })
    expect(await lastDetails()).toMatchObject({ nextReplacement: dayN(170).toISOString() })
  })

  test('an earlier expiry than the interval asks for', async () => {
    await setExpiry({ ...keyId(), expiresAt: dayN(40) }, scheduled.admin, dayN(11))
    expect(await current(dayN(11))).toMatchObject({
      replaceBy: null,
      replacementDue: dayN(20).toISOString(),
    })
  })

  test('no expiry, and then one again', async () => {
    await removeExpiration(keyId(), scheduled.admin, dayN(11))
    expect(await current(dayN(11))).toMatchObject({ replaceBy: null, replacementDue: null })
    expect(await lastDetails()).toMatchObject({ nextReplacement: null })
    await restoreExpiration({ ...keyId(), expiresAt: dayN(120) }, scheduled.admin, dayN(20))
    expect(await current(dayN(20))).toMatchObject({
      replaceBy: null,
      replacementDue: dayN(90).toISOString(),
    })
    expect(await lastDetails()).toEqual({
      key: expect.any(String),
      to: dayN(120).toISOString(),
      nextReplacement: dayN(90).toISOString(),
    })
  })
})
