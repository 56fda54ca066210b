import { expect, test } from 'vitest'
import { intervalEffect } from './interval-effect'
import { day } from './lifecycle'
import { replaceByInterval, type ScheduledKey } from './schedule'

const created = new Date('2026-01-01T00:00:00Z')
const dayN = (days: number) => new Date(created.getTime() + days * day)
const key = (facts: Partial<ScheduledKey> = {}): ScheduledKey => ({
  createdAt: created,
  expirationRestoredAt: null,
  expiresAt: dayN(365),
  replaceBy: null,
  ...facts,
})

test('a shorter interval moves the replacement, and the old key stays for 30 days', () => {
  expect(intervalEffect(key(), 90, dayN(10))).toEqual({
    kind: 'moved',
    from: dayN(335),
    due: dayN(60),
    acceptedUntil: dayN(90),
  })
})

test('where the key is older than that already it is replaced at once', () => {
  expect(intervalEffect(key(), 90, dayN(60))).toEqual({ kind: 'at-once', acceptedUntil: dayN(90) })
  expect(intervalEffect(key(), 90, dayN(350))).toEqual({ kind: 'at-once', acceptedUntil: dayN(365) })
})

test('a longer interval never moves an expiry that is printed', () => {
  const short = key({ expiresAt: dayN(90) })
  expect(intervalEffect(short, 365, dayN(10))).toEqual({ kind: 'same', due: dayN(60) })
})

test('a longer interval takes back what a shorter one brought forward', () => {
  const hurried = key({ replaceBy: replaceByInterval(key(), 90) })
  expect(intervalEffect(hurried, 365, dayN(10))).toEqual({
    kind: 'moved',
    from: dayN(60),
    due: dayN(335),
    acceptedUntil: dayN(365),
  })
})

test('a key that never expires is left alone', () => {
  expect(intervalEffect(key({ expiresAt: null }), 1, dayN(400))).toEqual({ kind: 'never-expires' })
})
