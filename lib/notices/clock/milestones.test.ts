import { expect, test } from 'vitest'
import { day, hour, minute, momentsOf } from '@/lib/notices/testing/sweeps'
import { bandsAt } from './milestones'

const end = new Date('2026-03-30T18:00:00Z')

/** By the words of the rule: the smallest number of days that what is left does not exceed. */
function milestone(now: Date): number | undefined {
  const left = end.getTime() - now.getTime()
  return left <= 0 ? undefined : [1, 7, 14].find((days) => left <= days * day)
}

test('an end lies in the band of the smallest milestone that it has passed, and in no other', () => {
  for (const now of momentsOf('2026-03-15T00:00:00Z', '2026-03-31T00:00:00Z', 30 * minute)) {
    const bands = bandsAt(now).filter(({ after, until }) => end > after && end <= until)
    expect(bands.map(({ days }) => days)).toEqual([milestone(now)].filter((days) => days !== undefined))
  }
})

test('a milestone begins to the millisecond, and the last one ends with the key', () => {
  const at = (millisecondsLeft: number) =>
    bandsAt(new Date(end.getTime() - millisecondsLeft)).find(
      ({ after, until }) => end > after && end <= until,
    )?.days
  expect([at(14 * day + 1), at(14 * day), at(7 * day + 1), at(7 * day)]).toEqual([undefined, 14, 14, 7])
  expect([at(day + 1), at(day), at(1), at(0), at(-hour)]).toEqual([7, 1, 1, undefined, undefined])
})
