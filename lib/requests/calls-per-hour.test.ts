import { describe, expect, test } from 'vitest'
import { barsOf } from './calls-per-hour'

const now = new Date('2026-03-10T12:30:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const at = (text: string) => Date.parse(text)
const counts = { ok: 0, denied: 0, invalid: 0, error: 0 }

describe('bars', () => {
  test('stand for every hour of the time, the empty ones too', () => {
    const { unit, bars, totals } = barsOf(
      [
        { moment: at('2026-03-10T11:00:00Z'), status: 200, calls: 5 },
        { moment: at('2026-03-10T11:00:00Z'), status: 201, calls: 1 },
        { moment: at('2026-03-10T12:00:00Z'), status: 401, calls: 2 },
      ],
      { from: hoursAgo(3) },
      now,
    )
    expect(unit).toBe('hour')
    expect(bars).toEqual([
      { at: '2026-03-10T09:00:00.000Z', counts },
      { at: '2026-03-10T10:00:00.000Z', counts },
      { at: '2026-03-10T11:00:00.000Z', counts: { ...counts, ok: 6 } },
      { at: '2026-03-10T12:00:00.000Z', counts: { ...counts, denied: 2 } },
    ])
    expect(totals).toEqual({ ...counts, ok: 6, denied: 2 })
  })

  test('stand for days beyond 48 hours', () => {
    expect(barsOf([], { from: hoursAgo(48) }, now).unit).toBe('hour')
    expect(barsOf([], { from: hoursAgo(48.1) }, now)).toMatchObject({
      unit: 'day',
      bars: [{ at: '2026-03-08T00:00:00.000Z' }, {}, { at: '2026-03-10T00:00:00.000Z' }],
    })
  })

  test('end before a whole hour that is not asked for', () => {
    const { bars } = barsOf([], { from: hoursAgo(2.5), to: hoursAgo(0.5) }, now)
    expect(bars.map((bar) => bar.at)).toEqual(['2026-03-10T10:00:00.000Z', '2026-03-10T11:00:00.000Z'])
  })

  test('end now, however far in the future the time ends', () => {
    const { bars } = barsOf([], { from: hoursAgo(1), to: new Date('9000-01-01T00:00:00Z') }, now)
    expect(bars).toHaveLength(2)
  })

  test('begin with the first call when the time has no beginning', () => {
    const rows = [{ moment: at('2026-03-07T00:00:00Z'), status: 200, calls: 1 }]
    expect(barsOf(rows, {}, now).bars).toHaveLength(4)
    expect(barsOf([], {}, now).bars).toHaveLength(1)
  })

  test('are never more than can be drawn', () => {
    expect(barsOf([], { from: new Date(0) }, now).bars).toHaveLength(400)
    expect(barsOf([], { from: now, to: new Date(0) }, now).bars).toHaveLength(1)
  })
})
