import { describe, expect, test } from 'vitest'
import { stateOfUse, timeLeft } from './time-left'

const now = '2026-05-10T12:00:00.000Z'

describe('time left', () => {
  test.each([
    ['2026-05-28T08:30:00.000Z', '17 days 20 h'],
    ['2026-05-11T12:00:00.000Z', '1 day'],
    ['2026-05-10T15:12:00.000Z', '3 h 12 min'],
    ['2026-05-10T12:01:30.000Z', '1 min'],
    ['2026-05-10T12:00:59.999Z', 'less than a minute'],
    ['2026-05-10T11:00:00.000Z', 'less than a minute'],
  ])('until %s is %s', (deadline, text) => {
    expect(timeLeft(deadline, now)).toBe(text)
  })
})

describe('use of a key that was replaced', () => {
  const revokedAt = '2026-04-20T12:00:00.000Z'
  test('counts only what came after its replacement', () => {
    expect(stateOfUse({ revokedAt, lastUsedAt: null }, now)).toBe('Not used since it was replaced')
    expect(stateOfUse({ revokedAt, lastUsedAt: revokedAt }, now)).toBe('Not used since it was replaced')
  })
  test('is current for 7 days', () => {
    expect(stateOfUse({ revokedAt, lastUsedAt: '2026-05-03T12:00:00.001Z' }, now)).toBe('Still in use')
    expect(stateOfUse({ revokedAt, lastUsedAt: '2026-05-03T12:00:00.000Z' }, now)).toBe('Not used for 7 days')
  })
})
