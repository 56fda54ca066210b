import { createHash, createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MasterKey } from './seal'
import { isTestCall, testMark } from './test-mark'

const master = (id: string): MasterKey => ({ id, bytes: randomBytes(32) })
const [a, b] = [master('a'), master('b')]
const now = new Date('2026-03-01T10:00:00.700Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const token = 'eyJ.eyJ.sig'

test('a mark holds for its token and for a minute', () => {
  const mark = testMark(token, now, [a])
  expect(isTestCall(mark, token, now, [a])).toBe(true)
  expect(isTestCall(mark, token, later(59_000), [a])).toBe(true)
  expect(isTestCall(mark, token, later(61_000), [a])).toBe(false)
  expect(isTestCall(mark, token, later(-61_000), [a])).toBe(false)
  expect(isTestCall(mark, `${token}x`, now, [a])).toBe(false)
})

test('a mark holds while master keys are changed, and not without its own', () => {
  const mark = testMark(token, now, [a])
  expect(isTestCall(mark, token, now, [b, a])).toBe(true)
  expect(isTestCall(mark, token, now, [b])).toBe(false)
  expect(isTestCall(mark, token, now, [])).toBe(false)
})

test('whoever has only the token cannot make a mark', () => {
  const mark = testMark(token, now, [a])
  const seconds = Math.floor(now.getTime() / 1000)
  const digest = createHash('sha256').update(token).digest('hex')
  const guessed = (key: string) => createHmac('sha256', key).update(`${seconds}.${digest}`).digest('hex')
  const mac = mark.split('.')[1] ?? ''
  for (const forged of [
    '',
    '1',
    'true',
    `${seconds}`,
    `${seconds}.`,
    `${seconds}.${guessed('')}`,
    `${seconds}.${guessed(token)}`,
    `${seconds + 1}.${mac}`,
    `${seconds}.${mac.slice(0, -1)}`,
    `${seconds}.${mac}0`,
    `NaN.${mac}`,
    `Infinity.${mac}`,
    `${seconds}.5.${mac}`,
  ])
    expect(isTestCall(forged, token, now, [a])).toBe(false)
  for (let i = 0; i < mac.length; i++) {
    const other = mac[i] === '0' ? '1' : '0'
    expect(isTestCall(`${seconds}.${mac.slice(0, i)}${other}${mac.slice(i + 1)}`, token, now, [a])).toBe(
      false,
    )
  }
})
