import { expect, test } from 'vitest'
import {
  isInUse,
  longestOverlapHours,
  obstacleTo,
  overlapEnd,
  type ServiceKeyState,
  serviceKeyStates,
  serviceKeyVerbs,
  stateOf,
} from './lifecycle'

const now = new Date('2025-11-23T12:00:00.000Z')
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)
const fresh = { expiresAt: null, disabledAt: null, deletedAt: null }

test('a blank expiry never expires', () => {
  expect(stateOf(fresh, new Date('9999-01-01'))).toBe('active')
})

test('a key is accepted a millisecond before its expiry and expired at it', () => {
  const key = { ...fresh, expiresAt: now }
  expect([stateOf(key, later(-1)), stateOf(key, now)]).toEqual(['active', 'expired'])
})

test('a disabled key expires all the same, and a deleted one is deleted whatever else it is', () => {
  const disabled = { ...fresh, disabledAt: now, expiresAt: later(1_000) }
  expect([stateOf(disabled, now), stateOf(disabled, later(1_000))]).toEqual(['disabled', 'expired'])
  expect(stateOf({ ...disabled, deletedAt: now }, later(2_000))).toBe('deleted')
})

test('expired is final: only deleting is left', () => {
  const possible = (state: Exclude<ServiceKeyState, 'deleted'>) =>
    serviceKeyVerbs.filter((verb) => obstacleTo(verb, state) === null)
  expect(Object.fromEntries(serviceKeyStates.map((state) => [state, possible(state)]))).toEqual({
    active: ['edit', 'rotate', 'disable', 'delete'],
    disabled: ['edit', 'rotate', 'enable', 'delete'],
    expired: ['delete'],
  })
  expect(obstacleTo('enable', 'active')).toBe('already-enabled')
  expect(obstacleTo('disable', 'disabled')).toBe('already-disabled')
})

test('an overlap ends at once, after its hours, or with the key', () => {
  expect(overlapEnd(fresh, 0, now)).toEqual(now)
  expect(overlapEnd(fresh, longestOverlapHours, now)).toEqual(later(7 * 86_400_000))
  expect(overlapEnd({ expiresAt: later(5_000) }, 1, now)).toEqual(later(5_000))
})

test('a key that was used seven days ago is in use, one that was never used is not', () => {
  expect(isInUse(later(-7 * 86_400_000), now)).toBe(true)
  expect(isInUse(later(-7 * 86_400_000 - 1), now)).toBe(false)
  expect(isInUse(null, now)).toBe(false)
})
