import { describe, expect, test } from 'vitest'
import { planSigning } from './plan'

const start = Date.UTC(2026, 2, 1)
const [minute, day] = [60_000, 86_400_000]
const at = (ms: number) => new Date(start + ms)
const key = (kid: string, ms: number) => ({ kid, createdAt: at(ms) })

describe('which key signs', () => {
  test('the first one signs from the start', () => {
    expect(planSigning([], at(0))).toEqual({ sign: null, create: true, retire: [] })
    expect(planSigning([key('a', 0)], at(0))).toEqual({ sign: 'a', create: false, retire: [] })
  })

  test('a new one is due at 90 days to the millisecond', () => {
    expect(planSigning([key('a', 0)], at(90 * day - 1)).create).toBe(false)
    expect(planSigning([key('a', 0)], at(90 * day))).toEqual({ sign: 'a', create: true, retire: [] })
  })

  test('it is published for 10 minutes before it signs; then the old one retires', () => {
    const keys = [key('a', 0), key('b', 90 * day)]
    const beside = { sign: 'a', create: false, retire: [] }
    expect(planSigning(keys, at(90 * day))).toEqual(beside)
    expect(planSigning(keys, at(90 * day + 10 * minute - 1))).toEqual(beside)
    const followed = { sign: 'b', create: false, retire: ['a'] }
    expect(planSigning(keys, at(90 * day + 10 * minute))).toEqual(followed)
    expect(planSigning(keys.reverse(), at(90 * day + 10 * minute))).toEqual(followed)
  })

  test('after a long silence the old one still signs while the new one is being published', () => {
    expect(planSigning([key('a', 0)], at(400 * day))).toEqual({ sign: 'a', create: true, retire: [] })
  })

  test('a clock that runs behind signs with what there is', () => {
    expect(planSigning([key('b', 5 * minute)], at(0))).toEqual({ sign: 'b', create: false, retire: [] })
    expect(planSigning([key('a', 0), key('b', 5 * minute)], at(-1)).sign).toBe('a')
  })
})
