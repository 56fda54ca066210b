import { describe, expect, test } from 'vitest'
import { day, hour, minute, momentsOf, oddSpans, shownBy } from '@/lib/notices/testing/sweeps'
import { localDayAt } from './local-day'

describe.each(oddSpans)('%s in %s', (_, timeZone, from, to) => {
  const shown = shownBy(timeZone)
  const dateShown = (at: Date) => shown(at).slice(0, 10)

  test('each day has one morning, at nine', () => {
    const mornings = new Map<string, number>()
    for (const at of momentsOf(from, to, 10 * minute)) {
      const { date, morning } = localDayAt(at, timeZone)
      expect(date).toBe(dateShown(at))
      expect(shown(morning)).toBe(`${date} 09:00:00`)
      expect(mornings.get(date) ?? morning.getTime()).toBe(morning.getTime())
      mornings.set(date, morning.getTime())
    }
    expect([...mornings.keys()]).toEqual([...mornings.keys()].sort())
  })

  test('whoever sweeps tells once each day, also where the clock is set back two hours at any moment', () => {
    const told: string[] = []
    const sweep = (at: Date) => {
      const { date, morning } = localDayAt(at, timeZone)
      if (at >= morning && !told.includes(date)) told.push(date)
    }
    const due = new Set<string>()
    for (const at of momentsOf(from, to, 10 * minute)) {
      if (shown(at).slice(11) >= '09:00:00') due.add(dateShown(at))
      sweep(at)
      for (const back of momentsOf(new Date(at.getTime() - 2 * hour), at, hour)) sweep(back)
    }
    // What was set back at the very beginning may have been in a day before it.
    const first = dateShown(new Date(from))
    expect(told.filter((date) => date >= first)).toEqual([...due])
    expect(told.filter((date) => date < first).length).toBeLessThanOrEqual(1)
  })

  test('a key is spoken of on the day of its end and on the 14 before', () => {
    for (const end of momentsOf(from, to, 11 * hour)) {
      const dates = new Set<string>()
      const lastMoment = new Date(end.getTime() - 1)
      for (const at of [...momentsOf(new Date(end.getTime() - 17 * day), lastMoment, 4 * hour), lastMoment]) {
        const today = localDayAt(at, timeZone)
        if (end < today.windowEnds) dates.add(today.date)
      }
      const last = Date.parse(dateShown(end))
      const expected = Array.from({ length: 15 }, (_, index) =>
        new Date(last - (14 - index) * day).toISOString().slice(0, 10),
      ).filter((date) => timeZone !== 'Pacific/Apia' || date !== '2011-12-30')
      // A key that ends at midnight has no moment left on the day of its end.
      expect([...dates]).toEqual(dateShown(lastMoment) === dateShown(end) ? expected : expected.slice(0, -1))
    }
  })
})

test('a day that Samoa left out is none', () => {
  const days = [...momentsOf('2011-12-29T12:00:00Z', '2011-12-31T12:00:00Z', hour)].map(
    (at) => localDayAt(at, 'Pacific/Apia').date,
  )
  expect([...new Set(days)]).toEqual(['2011-12-29', '2011-12-31', '2012-01-01'])
})
