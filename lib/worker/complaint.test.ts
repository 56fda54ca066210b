import { afterEach, expect, test, vi } from 'vitest'
import { Complaint } from './complaint'

afterEach(() => {
  vi.useRealTimers()
})

test('what goes wrong a hundred times is one line, and the next one says how often', () => {
  vi.useFakeTimers({ now: 0 })
  const lines: object[] = []
  const complaint = new Complaint({ warn: (details) => lines.push(details) }, 'away', 1_000)
  for (let n = 0; n < 100; n++) complaint.say(n)
  expect(lines).toEqual([{ err: 0, unsaid: 0 }])
  vi.advanceTimersByTime(1_001)
  complaint.say('again')
  expect(lines).toEqual([
    { err: 0, unsaid: 0 },
    { err: 'again', unsaid: 99 },
  ])
})
