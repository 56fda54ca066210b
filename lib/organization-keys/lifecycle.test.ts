import { describe, expect, test } from 'vitest'
import {
  day,
  deadlineOf,
  graceEnd,
  isExpiring,
  latestExpiry,
  type OrganizationKeyFacts,
  restoredExpiry,
  scheduledExpiry,
  stateOf,
} from './lifecycle'

const created = new Date('2026-01-01T00:00:00Z')
const dayN = (days: number, ms = 0) => new Date(created.getTime() + days * day + ms)
const key = (facts: Partial<OrganizationKeyFacts> = {}): OrganizationKeyFacts => ({
  createdAt: created,
  expiresAt: dayN(365),
  revokedAt: null,
  acceptedUntil: null,
  deletedAt: null,
  ...facts,
})

describe('state', () => {
  test('an active key expires at its expiry, not a millisecond sooner', () => {
    expect(stateOf(key(), dayN(365, -1))).toBe('active')
    expect(stateOf(key(), dayN(365))).toBe('expired')
  })
  test('a revoked key retires until its grace ends, not a millisecond longer', () => {
    const revoked = key({ revokedAt: dayN(10), acceptedUntil: dayN(40) })
    expect(stateOf(revoked, dayN(40, -1))).toBe('retiring')
    expect(stateOf(revoked, dayN(40))).toBe('revoked')
    expect(stateOf(revoked, dayN(400))).toBe('revoked')
  })
  test('a key without expiry stays active', () => {
    expect(stateOf(key({ expiresAt: null }), dayN(10_000))).toBe('active')
  })
  test('deleted outranks everything', () => {
    expect(stateOf(key({ deletedAt: dayN(1) }), dayN(400))).toBe('deleted')
  })
})

describe('grace', () => {
  test('lasts 30 days', () => {
    expect(graceEnd(key(), dayN(10))).toEqual(dayN(40))
  })
  test('never outlives the expiry that the key already had', () => {
    for (let d = 0; d < 365; d++) {
      const end = graceEnd(key(), dayN(d, 777))
      expect(end <= dayN(365)).toBe(true)
      expect(end > dayN(d, 777)).toBe(true)
    }
    expect(graceEnd(key(), dayN(350))).toEqual(dayN(365))
  })
  test('is 30 days for a key that never expires', () => {
    expect(graceEnd(key({ expiresAt: null }), dayN(900))).toEqual(dayN(930))
  })
  test('sets the deadline of a revoked key', () => {
    expect(deadlineOf(key({ revokedAt: dayN(1), acceptedUntil: dayN(31) }))).toEqual(dayN(31))
    expect(deadlineOf(key())).toEqual(dayN(365))
    expect(deadlineOf(key({ expiresAt: null }))).toBeNull()
  })
})

describe('expiring', () => {
  test('is a badge of the last 30 days of an active key', () => {
    expect(isExpiring(key(), dayN(335, -1))).toBe(false)
    expect(isExpiring(key(), dayN(335))).toBe(true)
    expect(isExpiring(key(), dayN(365))).toBe(false)
    expect(isExpiring(key({ expiresAt: null }), dayN(335))).toBe(false)
    expect(isExpiring(key({ revokedAt: dayN(340), acceptedUntil: dayN(365) }), dayN(341))).toBe(false)
  })
})

describe('schedule', () => {
  test('prints whole seconds', () => {
    expect(scheduledExpiry(dayN(0, 123), 90)).toEqual(dayN(90))
    expect(latestExpiry(dayN(0, 999))).toEqual(dayN(365))
  })
})

describe('restoring the expiration', () => {
  test('goes back to the expiry that was taken away while it lies ahead', () => {
    expect(restoredExpiry(dayN(200), 365, dayN(100))).toEqual(dayN(200))
  })
  test('counts from now when the old expiry has passed or is less than a day ahead', () => {
    expect(restoredExpiry(dayN(50), 90, dayN(100))).toEqual(dayN(190))
    expect(restoredExpiry(dayN(100.5), 90, dayN(100))).toEqual(dayN(190))
  })
})
