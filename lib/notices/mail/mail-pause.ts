/** How long a mail that was not taken waits before it is tried again: 30 seconds, twice as long each time, at most an hour. Pure. */
export const firstPauseMs = 30_000
export const longestPauseMs = 3_600_000

/** @param tries how often it has been tried, from 1 */
export function pauseAfter(tries: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1))
}
