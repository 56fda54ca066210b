import { describe, expect, test } from 'vitest'
import { decideSend, isGood, type SentCode } from './limits'

const t = Date.UTC(2026, 2, 1, 10)
const at = (seconds: number) => new Date(t + seconds * 1000)
const sent = (seconds: number, facts: Partial<SentCode> = {}): SentCode => ({
  createdAt: at(seconds),
  expiresAt: at(seconds + 600),
  wrongTries: 0,
  usedAt: null,
  ...facts,
})
const times = (count: number, make: (i: number) => SentCode) =>
  Array.from({ length: count }, (_, i) => make(i))

describe('a code is good', () => {
  test('to the last millisecond of its 10 minutes, and no longer', () => {
    expect(isGood(sent(0), new Date(t + 599_999))).toBe(true)
    expect(isGood(sent(0), at(600))).toBe(false)
  })

  test('for 5 tries, and once', () => {
    expect(isGood(sent(0, { wrongTries: 4 }), at(1))).toBe(true)
    expect(isGood(sent(0, { wrongTries: 5 }), at(1))).toBe(false)
    expect(isGood(sent(0, { usedAt: at(1) }), at(2))).toBe(false)
  })
})

describe('another code', () => {
  test('is not sent within 30 seconds while the last one is good', () => {
    const last = sent(0)
    expect(decideSend(last, [last], new Date(t + 29_999))).toEqual({
      do: 'show-field',
      because: 'just-sent',
      sentAt: at(0),
    })
    expect(decideSend(last, [last], at(30))).toEqual({ do: 'send' })
  })

  test('is sent at once when the last one is used up, or was for something else', () => {
    for (const last of [sent(0, { usedAt: at(5) }), sent(0, { wrongTries: 5 })])
      expect(decideSend(last, [last], at(6))).toEqual({ do: 'send' })
    expect(decideSend(null, [sent(0)], at(1))).toEqual({ do: 'send' })
  })

  test('is the tenth of an hour at most; a good one can still be entered', () => {
    const nine = times(9, (i) => sent(i * 60))
    const ten = times(10, (i) => sent(i * 60))
    expect(decideSend(null, nine, at(3000))).toEqual({ do: 'send' })
    expect(decideSend(ten[9] ?? null, ten, at(900))).toEqual({
      do: 'show-field',
      because: 'limit',
      sentAt: at(540),
    })
    expect(decideSend(ten[9] ?? null, ten, at(1140))).toEqual({ do: 'refuse', retryAt: at(3600) })
    expect(decideSend(null, ten, at(900))).toEqual({ do: 'refuse', retryAt: at(3600) })
  })
})
